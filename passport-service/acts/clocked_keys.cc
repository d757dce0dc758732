#include "passport-service/acts/clocked_keys.h"

#include <algorithm>

#include "credential/vocabulary/instant_text.h"

namespace passport {

Result<void> ClockedKeys::CheckClock() const {
  const Instant now = clock_.Now();
  const std::lock_guard lock(mutex_);
  if (now + kClockSlack < newest_) {
    return Fault{Reason::kClockBack, "", "it says " + UtcText(now) + ", and " + UtcText(newest_) + " is on record"};
  }
  newest_ = std::max(newest_, now);
  return {};
}

Result<std::string> ClockedKeys::Generate(const KeyOwner& owner, KeyRole role, KeyState initial, Instant now) {
  TRY(CheckClock());
  return keys_.Generate(owner, role, initial, now);
}

Result<void> ClockedKeys::ChangeState(std::string_view kid, KeyState to, Instant at) {
  if (to != KeyState::kCompromised) TRY(CheckClock());
  return keys_.ChangeState(kid, to, at);
}

Result<void> ClockedKeys::NotePublished(std::string_view kid, Instant at) {
  TRY(CheckClock());
  return keys_.NotePublished(kid, at);
}

Result<std::shared_ptr<Signer>> ClockedKeys::SignerFor(const KeyOwner& owner, KeyRole role) const {
  TRY(CheckClock());
  return keys_.SignerFor(owner, role);
}

Result<std::shared_ptr<Signer>> ClockedKeys::HolderSigner(std::span<const std::uint8_t> sealed,
                                                          std::span<const std::uint8_t> context) const {
  TRY(CheckClock());
  return keys_.HolderSigner(sealed, context);
}

}  // namespace passport
