// The ring of a key store: a folder with one authenticated file per key that says whose it is, what for, and its state
// and times. Where the keys themselves lie is the vault's: sealed in the same files, or in a hardware module
// (docs/formats/key-store.md).
//
// A file that was changed, cut, renamed or brought from another store is refused, not skipped. What can not be noticed
// is a whole file put back to an older version of itself: see the page. Folder 0700 and files 0600, both ours, or
// nothing is read. Writes are durable on return (temporary file, fsync, rename, fsync of the folder) and take an
// exclusive lock of the folder, so that a tool may change a state while the service runs; each write reads the folder
// again first.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "keys/held_key.h"
#include "keys/key_store.h"
#include "keys/private_folder.h"

namespace passport {

class FolderKeyStore : public KeyStore {
 public:
  FolderKeyStore(FolderKeyStore&&) noexcept;
  FolderKeyStore& operator=(FolderKeyStore&&) noexcept;
  ~FolderKeyStore() override;

  Result<std::string> Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) override;
  Result<void> ChangeState(std::string_view kid, KeyState to, Instant at) override;
  Result<void> NotePublished(std::string_view kid, Instant at) override;
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

 protected:
  // Reads all keys of the folder. Fails with kKeyPermissions (the detail names the file), kKeyStore, or as the vault.
  static Result<FolderKeyStore> OpenIn(PrivateFolder folder, std::unique_ptr<KeyVault> vault);

 private:
  struct Held;
  explicit FolderKeyStore(std::unique_ptr<Held> held);
  Result<std::vector<std::uint8_t>> SealAs(std::uint8_t version, std::span<const std::uint8_t> plaintext,
                                           std::span<const std::uint8_t> context) const;
  Result<Secret> UnsealAny(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> context) const;
  std::unique_ptr<Held> held_;
};

}  // namespace passport
