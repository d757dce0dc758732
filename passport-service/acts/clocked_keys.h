// A key store that signs, and dates keys, only while the clock is right: a clock that was set back would let somebody
// date a credential, a receipt or a registry before what is already on record, make a key that counts from before it
// was made, or end one before what it has signed.
#pragma once

#include <mutex>

#include "keys/key_store.h"
#include "passport-service/acts/audit_start.h"
#include "passport-service/ports/clock.h"

namespace passport {

// Passes everything on to `keys`, which must outlive it. SignerFor, HolderSigner, Generate, NotePublished and
// ChangeState fail with kClockBack too, when the clock is more than kClockSlack behind the newest instant it has seen.
// A key is given up as compromised at any time: the one who gives it up says since when, and it can not wait. Reload,
// List, seals, digests and holder keys do not ask what time it is. Any thread may call.
class ClockedKeys final : public KeyStore {
 public:
  // `newest`: what is on record already (CheckAuditAtStart).
  ClockedKeys(KeyStore& keys, const Clock& clock, Instant newest) : keys_(keys), clock_(clock), newest_(newest) {}

  Result<std::string> Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) override;
  Result<void> ChangeState(std::string_view kid, KeyState to, Instant at) override;
  Result<void> NotePublished(std::string_view kid, Instant at) override;
  Result<void> Reload() override { return keys_.Reload(); }
  std::vector<KeyInfo> List() const override { return keys_.List(); }
  Result<std::shared_ptr<Signer>> SignerFor(const KeyOwner& owner, KeyRole role) const override;
  Result<std::vector<std::uint8_t>> Seal(std::span<const std::uint8_t> plaintext,
                                         std::span<const std::uint8_t> context) const override {
    return keys_.Seal(plaintext, context);
  }
  Result<Secret> Unseal(std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> context) const override {
    return keys_.Unseal(sealed, context);
  }
  Result<Digest> KeyedDigest(std::string_view context, std::string_view value) const override {
    return keys_.KeyedDigest(context, value);
  }
  Result<SealedHolderKey> MakeHolderKey(std::span<const std::uint8_t> context) const override {
    return keys_.MakeHolderKey(context);
  }
  Result<std::shared_ptr<Signer>> HolderSigner(std::span<const std::uint8_t> sealed,
                                               std::span<const std::uint8_t> context) const override;

 private:
  Result<void> CheckClock() const;
  KeyStore& keys_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable Instant newest_;
};

}  // namespace passport
