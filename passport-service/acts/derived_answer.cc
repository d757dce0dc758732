#include "passport-service/acts/derived_answer.h"

#include <algorithm>

#include "credential/encoding/base64url.h"
#include "credential/evidence/derived_answer.h"
#include "passport-service/acts/key_certificates.h"

namespace passport {

Result<std::string> DeriveAnswer(Store& store, const KeyStore& keys, const ShareRow& row, const Decision& decision,
                                 const TrustSnapshot& snapshot, Instant now) {
  const bool met = decision.outcome == Outcome::kMet || decision.outcome == Outcome::kMetExpiring;
  const DerivedAnswer answer{.receiver = row.receiver,
                             .request = row.id.text(),
                             .nonce = row.nonce,
                             .subject = row.subject,
                             .purpose = row.purpose,
                             .profile = decision.profile,
                             .profile_version = decision.profile_version,
                             .profile_digest = EncodeBase64Url(decision.profile_digest),
                             .engagement = std::string(WordOf(row.engagement)),
                             .day = decision.duty.first_day(),
                             .outcome = decision.outcome,
                             .holds_through = met ? decision.holds_through() : std::nullopt,
                             .snapshot_id = decision.snapshot_id,
                             .answered_at = now,
                             .expires_at = std::min(now + snapshot.freshness().status_age_max, *row.due)};
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys, store, KeyOwner::Service(), KeyRole::kReceipt));
  return SignDerivedAnswer(answer, key.reference(), *key.signer);
}

}  // namespace passport
