#include "passport-service/acts/derived_answer.h"

#include "credential/encoding/base64url.h"
#include "credential/evidence/derived_answer.h"
#include "passport-service/acts/kept_reliance.h"
#include "passport-service/acts/key_certificates.h"

namespace passport {

Result<std::string> DeriveAnswer(Store& store, const KeyStore& keys, const ShareRow& row,
                                 const VerifiedPresentation& verified, const Known& known, Instant now) {
  TRY_ASSIGN(const Duty duty, DutyOf(row.receiver, {.day = row.day, .engagement = row.engagement}, now));
  TRY_ASSIGN(const RoleProfile* const profile, known.rules->InForce(row.profile, duty.first_day(), now));
  TRY_ASSIGN(const Decision decision, Decide(*profile, known.rules->taxonomies(), verified, duty));
  const bool met = decision.outcome == Outcome::kMet || decision.outcome == Outcome::kMetExpiring;
  const DerivedAnswer answer{.receiver = row.receiver,
                             .request = row.id.text(),
                             .nonce = row.nonce,
                             .subject = verified.holder(),
                             .purpose = row.purpose,
                             .profile = decision.profile,
                             .profile_version = decision.profile_version,
                             .profile_digest = EncodeBase64Url(decision.profile_digest),
                             .engagement = std::string(WordOf(row.engagement)),
                             .day = row.day,
                             .outcome = decision.outcome,
                             .holds_through = met ? decision.holds_through() : std::nullopt,
                             .snapshot_id = decision.snapshot_id,
                             .answered_at = now,
                             .expires_at = DueOf(row, now)};
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys, store, KeyOwner::Service(), KeyRole::kReceipt));
  return SignDerivedAnswer(answer, key.reference(), *key.signer);
}

}  // namespace passport
