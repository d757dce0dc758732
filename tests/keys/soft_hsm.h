// A hardware module for tests: SoftHSM, with a module between that can be made to go away.
#pragma once

#include <p11-kit/pkcs11.h>

#include <functional>
#include <string>
#include <string_view>

#include "keys/pkcs11_token.h"

namespace passport {

// One folder of tokens for this process, because the module reads its settings once. Gone at its end.
class SoftHsm {
 public:
  static SoftHsm& Get();
  SoftHsm(const SoftHsm&) = delete;
  SoftHsm& operator=(const SoftHsm&) = delete;
  ~SoftHsm();

  static constexpr std::string_view kPin = "73510642";
  // Makes a token of a label that no other has.
  Pkcs11Place MakeToken();
  void MakeTokenLabelled(const std::string& label);

  // The module as programs load it; the same code and state as in a store of this process.
  CK_FUNCTION_LIST& module() const { return *module_; }
  CK_SLOT_ID SlotOf(const std::string& label) const;
  // From now on so many calls succeed, then all fail as if the module had been pulled out, until Back().
  void FailAfter(long calls) const;
  void Back() const { FailAfter(-1); }
  long logins() const;  // how often a PIN was tried since the process began

  static std::string MakersModule();  // the path of SoftHSM itself
  const std::string& folder() const { return folder_; }

 private:
  SoftHsm();
  CK_SLOT_ID FirstSlot(const std::function<bool(const CK_TOKEN_INFO&)>& fits) const;
  std::string folder_;
  void* library_;
  CK_FUNCTION_LIST* module_ = nullptr;
  int tokens_ = 0;
};

}  // namespace passport
