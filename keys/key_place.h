// Where a program's keys are, whichever kind of store it is.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "credential/vocabulary/random.h"
#include "keys/file_descriptor.h"
#include "keys/key_store.h"
#include "keys/pkcs11_token.h"

namespace passport {

struct KeyPlace {
  std::filesystem::path folder;
  std::optional<Pkcs11Place> module;  // nothing: the keys are in the folder, sealed under the passphrase
};

// The passphrase is the token's PIN where there is a module. Fail as FileKeyStore and Pkcs11KeyStore do at
// kProductionCost, and with kKeyStore saying so when the store is of the other kind.
Result<void> CreateKeyStore(const KeyPlace& place, const Secret& passphrase, Random& random);
Result<std::unique_ptr<KeyStore>> OpenKeyStore(const KeyPlace& place, const Secret& passphrase, Random& random);

// Says that this process is the one that serves from the folder. Another that asks while it lives is refused with
// kKeyStore ("in use"). Commands that only look, or change a state, do not ask.
class KeyFolderClaim {
 public:
  // Waits so long for one that is about to end.
  static Result<KeyFolderClaim> Take(const std::filesystem::path& folder, std::chrono::milliseconds patience);

 private:
  explicit KeyFolderClaim(FileDescriptor held) : held_(std::move(held)) {}
  FileDescriptor held_;
};

}  // namespace passport
