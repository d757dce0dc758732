// An answer without the records it rests on: "meets the profile until 3 March", signed by a verifier the receiver
// trusts (docs/formats/derived-answer.md). It is checked offline, with the registry that lists the key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/crypto/signer.h"
#include "credential/decision/decision.h"
#include "credential/trust/trust_registry.h"

namespace passport {

inline constexpr std::string_view kAnswerTyp = "dsp-answer+jwt";

struct DerivedAnswer {
  OrganisationId receiver;  // `aud`
  std::string request;      // `jti`: id of the request it answers
  std::string nonce;        // of the request
  std::string subject;      // `sub`: thumbprint of the holder's key
  std::string purpose;
  std::string profile;
  int profile_version = 0;
  std::string profile_digest;  // base64url SHA-256
  std::string engagement;      // word
  CivilDay day;                // in question
  Outcome outcome = Outcome::kCannotTell;
  std::optional<CivilDay> holds_through = std::nullopt;  // only of what is met
  std::string snapshot_id = {};                          // what was known
  Instant answered_at = {};                              // `iat`
  Instant expires_at = {};                               // `exp`
  std::string kid = {};                                  // of the key that proved it; not signed
};

// Fails as the signer does.
Result<std::string> SignDerivedAnswer(const DerivedAnswer& answer, KeyReference key, Signer& receipt_key);

// Reads an answer and proves it: signed by a key the registry lists for receipts, in use at that time and not
// compromised; not run out at `now`. Fails with kEvidence naming what does not hold, kTime when it has run out or is of
// the future, kMalformed or kLimit. For whom it is and on which request the reader compares.
Result<DerivedAnswer> ReadDerivedAnswer(std::string_view token, const TrustRegistry& registry, Instant now);

}  // namespace passport
