// What a program asks of whoever keeps its private keys: a folder of sealed files, a hardware module, or another
// process that has either. Nothing here hands out a private key.
//
// Any thread may call everything. Signers may be kept; each notices at its next signature that its key is no longer
// active.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/crypto/signer.h"
#include "keys/key_info.h"
#include "keys/secret.h"

namespace passport {

inline constexpr std::size_t kKeysMax = 10'000;
inline constexpr std::size_t kSealedTextMax = 1024 * 1024;

// A holder's key that the service keeps for a person: its public half, and the private half under the seal of the
// store.
struct SealedHolderKey {
  P256Point point;
  std::vector<std::uint8_t> sealed;
};

class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // Makes a key and returns its key id. `initial` is kStaged or kActive; kActive only while the owner has no active key
  // for this role, so that nobody replaces a published key by accident. Fails with kKeyState, or as all writes do: with
  // kKeyStore ("in use" when another process is writing), kStoreFull, or kOutcomeUnknown when it was written but not
  // surely durable; then open the store again.
  virtual Result<std::string> Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) = 0;

  // Moves one key to another state (key_state.h) and notes the time; for kCompromised that is the time from which
  // nothing it signed counts. Activating a key while another is active is how keys are rotated without a gap: SignerFor
  // gives the newer one, then the older one is retired. Fails with kNotFound, kKeyState, or as all writes do.
  virtual Result<void> ChangeState(std::string_view kid, KeyState to, Instant at) = 0;

  // Notes since when receivers can read the key; the first note stays. Fails with kNotFound, kKeyState for a secret
  // role, or as all writes do.
  virtual Result<void> NotePublished(std::string_view kid, Instant at) = 0;

  // Looks again: new keys and new states made by another process. On failure everything stays as it was.
  virtual Result<void> Reload() = 0;

  // All keys, by owner, role, then time of making.
  virtual std::vector<KeyInfo> List() const = 0;

  // Signs with the active key of that owner and role; of two, with the one activated last. Asking for a secret role, or
  // none is active, is kKeyState. The signer fails with kKeyState once its key is no longer active.
  virtual Result<std::shared_ptr<Signer>> SignerFor(const KeyOwner& owner, KeyRole role) const = 0;

  // Seals data that others keep for us, such as wrapped data keys: AES-256-GCM under the service's own active kSeal
  // key. `context` is authenticated, not stored: it says whose data it is, and must be given again. kSealedTextMax at
  // most. Fails with kKeyState when there is no such key, kLimit.
  virtual Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                                 std::span<const std::uint8_t> context) const = 0;
  // The other way, also under a retired key. Fails with kKeyState for a compromised key (what it sealed may be
  // anyone's), kKeyStore for an unknown key or anything that was altered.
  virtual Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> context) const = 0;

  // HMAC-SHA256 (RFC 2104) of a value under the service's own active kIndex key: what lets equal values be found again
  // where they may not stand, and can not be found by trying all National Insurance numbers. `context` says what is
  // digested; equal values of different contexts have nothing in common. The same for the life of the key, which is
  // therefore never rotated. Fails with kKeyState when there is no such key, kSigning when the crypto library can not.
  virtual Result<Digest> KeyedDigest(std::string_view context, std::string_view value) const = 0;

  // Makes a holder's key. It is not one of the keys of the store: the sealed half is the caller's to keep. Fails as
  // Seal does, or with kSigning.
  virtual Result<SealedHolderKey> MakeHolderKey(std::span<const std::uint8_t> context) const = 0;
  // Signs with such a key; the private half is opened where the keys are and nowhere else. Fails as Unseal does.
  virtual Result<std::shared_ptr<Signer>> HolderSigner(std::span<const std::uint8_t> sealed,
                                                       std::span<const std::uint8_t> context) const = 0;
};

}  // namespace passport
