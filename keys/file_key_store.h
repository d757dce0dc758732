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

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/signer.h"
#include "credential/vocabulary/random.h"
#include "keys/key_info.h"
#include "keys/scrypt_cost.h"
#include "keys/secret.h"

namespace passport {

// Any thread may call everything. Signers may be kept and used after the store is gone.
class FileKeyStore {
 public:
  static constexpr std::size_t kKeysMax = 10'000;
  static constexpr std::size_t kSealedTextMax = 1024 * 1024;

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
  ~FileKeyStore();

  // Makes a key and returns its key id. `initial` is kStaged or kActive; kActive only while the owner has no active key
  // for this role, so that nobody replaces a published key by accident. Fails with kKeyState, or as all writes do: with
  // kKeyStore ("in use" when another process is writing), kStoreFull, or kOutcomeUnknown when it was written but not
  // surely durable; then open the store again.
  Result<std::string> Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now);

  // Moves one key to another state (key_state.h) and notes the time. Signers of the key that are in use notice at their
  // next signature. Activating a key while another is active is how keys are rotated without a gap: SignerFor gives the
  // newer one, then the older one is retired. Fails with kNotFound, kKeyState, or as all writes do.
  Result<void> ChangeState(std::string_view kid, KeyState to, Instant now);

  // Reads the folder again: new keys and new states made by another process. On failure everything stays as it was.
  Result<void> Reload();

  // All keys, by owner, role, then time of making.
  std::vector<KeyInfo> List() const;

  // Signs with the active key of that owner and role; of two, with the one activated last. Asking for a secret role, or
  // none is active, is kKeyState. The signer fails with kKeyState once its key is no longer active.
  Result<std::shared_ptr<Signer>> SignerFor(const KeyOwner& owner, KeyRole role) const;

  // Seals data that others keep for us, such as holder keys: AES-256-GCM under the service's own active kSeal key.
  // `context` is authenticated, not stored: it says whose data it is, and must be given again. kSealedTextMax at most.
  // Fails with kKeyState when there is no such key, kLimit.
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                         std::span<const std::uint8_t> context) const;
  // The other way, also under a retired key. Fails with kKeyState for a compromised key (what it sealed may be
  // anyone's), kKeyStore for an unknown key or anything that was altered.
  Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> context) const;

  // HMAC-SHA256 (RFC 2104) of a value under the service's own active kIndex key: what lets equal values be found again
  // where they may not stand, and can not be found by trying all National Insurance numbers. `context` says what is
  // digested; equal values of different contexts have nothing in common. The same for the life of the key, which is
  // therefore never rotated. Fails with kKeyState when there is no such key, kSigning when the crypto library can not.
  Result<Digest> KeyedDigest(std::string_view context, std::string_view value) const;

 private:
  struct Held;
  explicit FileKeyStore(std::unique_ptr<Held> held);
  std::unique_ptr<Held> held_;
};

}  // namespace passport
