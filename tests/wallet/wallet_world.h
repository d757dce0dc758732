// A person with a passport file and a published tree on the disk, and passport-wallet run on them in this process at a
// fixed time, without a service.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "samples/process/temporary_folder.h"
#include "tests/credential/trust/trust_world.h"
#include "wallet-cli/command_line.h"
#include "wallet-cli/passport_on_disk.h"

namespace passport {

inline constexpr std::string_view kMyPassphrase = "words of mine";

struct Typed {
  int exit_code;
  std::string output;
  std::string errors;
};

class WalletWorld {
 public:
  // A passport file with these records, signed by the trust for its key; a tree with the profile "nurse": an identity
  // check and fire safety in the last 12 months.
  explicit WalletWorld(const std::vector<Record>& records = {});

  std::string At(std::string_view name) const { return folder_.At(name); }
  std::string file() const { return At("my.passport"); }
  const std::vector<std::string>& ids() const { return ids_; }
  // What passport-wallet does with these words after --file and the passphrase. `agrees`: the answer to a question;
  // nothing: nobody is there.
  Typed Type(std::vector<std::string> words, std::optional<bool> agrees = {}, bool colours = false);
  // The same without any flag before the words.
  Typed TypeBare(const std::vector<std::string>& words, std::optional<bool> agrees = {}, bool colours = false);
  Result<PassportOnDisk> Open(PassportOnDisk::Intent intent = PassportOnDisk::Intent::kRead) const;
  std::string Write(std::string_view name, std::string_view text) const;

  int questions = 0;  // that were asked

 private:
  void Publish() const;
  TemporaryFolder folder_;
  std::vector<std::string> ids_;
};

Secret MyPassphrase(std::string_view text = kMyPassphrase);

}  // namespace passport
