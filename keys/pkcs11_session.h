// The one session with a token: opening, logging in, noticing that it is gone, coming back. For pkcs11_token.cc.
#pragma once

#include <p11-kit/pkcs11.h>
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "keys/pkcs11_token.h"

namespace passport {

class Pkcs11Session {
 public:
  Pkcs11Session(Pkcs11Place place, Secret pin);
  ~Pkcs11Session();
  Pkcs11Session(const Pkcs11Session&) = delete;
  Pkcs11Session& operator=(const Pkcs11Session&) = delete;

  // Loads the module and logs in for the first time; tries for a second, as another program may be logging in. Fails as
  // Pkcs11Token::Open.
  Result<void> Begin();

  // Runs `work` alone and with a session; once more with a fresh one when that was lost. Fails with kSigning, or
  // kPassphrase when the PIN was refused on the way; with `refused` when the module says no to what was asked.
  Result<void> Do(const std::function<CK_RV()>& work, const Fault& refused);

  // Only inside of `work`. Find gives kNotOne when there is not exactly one such object.
  static constexpr CK_RV kNotOne = CKR_VENDOR_DEFINED | 1U;
  CK_FUNCTION_LIST& module() const { return *module_; }
  CK_SESSION_HANDLE handle() const { return session_; }
  CK_RV Find(CK_OBJECT_CLASS kind, const ObjectId& id, CK_OBJECT_HANDLE& found);
  void Forget(const ObjectId& id);

 private:
  Result<void> Load();
  Result<void> Connect();
  Result<CK_SLOT_ID> FindSlot();
  Result<void> LogIn();
  void Disconnect();
  bool IsLost(CK_RV answer) const;

  const Pkcs11Place place_;
  const Secret pin_;
  const pid_t opened_by_;
  std::mutex mutex_;
  void* library_ = nullptr;
  CK_FUNCTION_LIST* module_ = nullptr;
  CK_SESSION_HANDLE session_ = CK_INVALID_HANDLE;
  bool initialized_here_ = false;  // by this session, not by another one of this process
  bool connected_once_ = false;
  bool pin_refused_ = false;
  std::chrono::steady_clock::time_point next_try_{};
  std::map<std::pair<CK_OBJECT_CLASS, ObjectId>, CK_OBJECT_HANDLE> found_;
};

}  // namespace passport
