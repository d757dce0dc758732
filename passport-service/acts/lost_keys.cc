#include "passport-service/acts/lost_keys.h"

namespace passport {

LostKeys LostKeys::Of(const OrganisationRow& row, std::span<const KeyInfo> keys, Instant now) {
  LostKeys lost;
  lost.all_ = StateAt(row, now) == EntryState::kCompromised;
  for (const KeyInfo& key : keys) {
    const bool own = key.owner == KeyOwner(row.id) && key.role == KeyRole::kIssue;
    if (own && key.state == KeyState::kCompromised) lost.kids_.insert(key.kid);
  }
  return lost;
}

bool LostKeys::Hit(const CredentialRow& credential, Instant now) const {
  if (none() || credential.state == CredentialState::kRevoked || credential.expires_at <= now) return false;
  return all_ || credential.kid.empty() || kids_.contains(credential.kid);
}

}  // namespace passport
