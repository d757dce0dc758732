// Keys in a folder: one sealed file per key, opened with one passphrase (docs/formats/key-store.md).
//
// Every file is AES-256-GCM under a key that scrypt makes of the passphrase, once per opening; what stands in clear
// beside it (owner, role, state, times) is authenticated with it. The keys are in this process's memory.
#pragma once

#include <filesystem>

#include "credential/vocabulary/random.h"
#include "keys/folder_key_store.h"
#include "keys/scrypt_cost.h"

namespace passport {

// Its refusals beyond those of KeyStore: kKeyPermissions (the detail names the file) and kKeyStore for anything
// damaged.
class FileKeyStore final : public FolderKeyStore {
 public:
  // Makes an empty store: the folder, which must not exist or be empty and ours, and its header. Fails with
  // kAlreadyExists when there is something in the folder, kPassphrase when the passphrase is empty, kKeyStore when the
  // cost is outside kLeastCost to kMostCost or the folder can not be made.
  static Result<void> Create(const std::filesystem::path& folder, const Secret& passphrase, ScryptCost cost,
                             Random& random);

  // Reads all keys. `minimum` is the cheapest cost accepted: kProductionCost in programs. `random` gives salts and
  // initialisation vectors, is kept, must outlive the store and must never repeat itself: SystemRandom in programs.
  // Fails with kKeyPermissions (the detail names the file), kPassphrase, or kKeyStore for anything damaged, cut, moved,
  // of an unknown version or below the minimum.
  static Result<FileKeyStore> Open(const std::filesystem::path& folder, const Secret& passphrase, ScryptCost minimum,
                                   Random& random);

 private:
  explicit FileKeyStore(FolderKeyStore store) : FolderKeyStore(std::move(store)) {}
};

}  // namespace passport
