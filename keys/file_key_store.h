// Keys in a folder: one sealed file per key, opened with one passphrase (docs/formats/key-store.md).
//
// Every file is AES-256-GCM under a key that scrypt makes of the passphrase, once per opening; what stands in clear
// beside it (owner, role, state, times) is authenticated with it. A file that was changed, cut, renamed or brought from
// another store is refused, not skipped. What can not be noticed is a whole file put back to an older version of
// itself: see the page.
//
// Folder 0700 and files 0600, both ours, or nothing is read. Writes are durable on return (temporary file, fsync,
// rename, fsync of the folder) and take an exclusive lock of the folder, so that a tool may change a state while the
// service runs; each write reads the folder again first.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "credential/vocabulary/random.h"
#include "keys/key_store.h"
#include "keys/scrypt_cost.h"

namespace passport {

// Its refusals beyond those of KeyStore: kKeyPermissions (the detail names the file) and kKeyStore for anything
// damaged.
class FileKeyStore final : public KeyStore {
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

  FileKeyStore(FileKeyStore&&) noexcept;
  FileKeyStore& operator=(FileKeyStore&&) noexcept;
  ~FileKeyStore() override;

  Result<std::string> Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) override;
  Result<void> ChangeState(std::string_view kid, KeyState to, Instant now) override;
  Result<void> Reload() override;
  std::vector<KeyInfo> List() const override;
  Result<std::shared_ptr<Signer>> SignerFor(const KeyOwner& owner, KeyRole role) const override;
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                         std::span<const std::uint8_t> context) const override;
  Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> context) const override;
  Result<Digest> KeyedDigest(std::string_view context, std::string_view value) const override;
  Result<SealedHolderKey> MakeHolderKey(std::span<const std::uint8_t> context) const override;
  Result<std::shared_ptr<Signer>> HolderSigner(std::span<const std::uint8_t> sealed,
                                               std::span<const std::uint8_t> context) const override;

 private:
  struct Held;
  explicit FileKeyStore(std::unique_ptr<Held> held);
  std::unique_ptr<Held> held_;
};

}  // namespace passport
