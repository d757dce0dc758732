#include "verifier-cli/token/policy_statuses.h"

#include <algorithm>
#include <vector>

namespace passport {

Result<StatusListToken> PolicyStatuses::Verify(const std::string& token, const StatusReference& reference,
                                               const TrustedIssuer& issuer, Instant at) const {
  const std::vector<std::string_view> algs(policy_.allowed_algs.begin(), policy_.allowed_algs.end());
  StatusTokenRules rules{.now = at,
                         .leeway = policy_.leeway,
                         .allowed_algs = algs,
                         .token_bytes = kStatusTokenBytesMax,
                         .inflated_bytes = policy_.status_inflated_bytes};
  Result<StatusListToken> verified = VerifyStatusToken(token, reference.uri, issuer.status_keys, rules);
  if (verified.ok() || verified.fault().check != "TSL-11") return verified;
  // Expired, or without a usable `exp`? A list that only is too old leaves the question open instead of answering no.
  constexpr Seconds kAnyAge{std::int64_t{1} << 54};
  rules.leeway = kAnyAge;
  if (!VerifyStatusToken(token, reference.uri, issuer.status_keys, rules).ok()) return verified;
  return Fault{Reason::kStatusStale, "TSL-11", "the status list has expired"};
}

Result<const StatusListToken*> PolicyStatuses::Find(const StatusReference& reference, const TrustedIssuer& issuer,
                                                    Instant at) {
  const Key key{issuer.issuer, reference.uri};
  const auto kept = kept_.find(key);
  if (kept != kept_.end()) {
    Kept& known = kept->second;
    if (at >= known.list.expires_at + policy_.leeway) {
      return Fault{Reason::kStatusStale, "TSL-11", "the status list has expired"};
    }
    if (at >= known.held_at) return &known.list;
  }
  const auto token = policy_.status_tokens.find(reference.uri);
  if (token == policy_.status_tokens.end()) {
    return Fault{Reason::kStatusUnknown, "TSL-18", "the status list is not among policy.status_tokens"};
  }
  TRY_ASSIGN(StatusListToken list, Verify(token->second, reference, issuer, at));
  const auto held = kept_.insert_or_assign(key, Kept{std::move(list), at}).first;
  return &held->second.list;
}

Result<StatusReading> PolicyStatuses::Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) {
  TRY_ASSIGN(const StatusListToken* const token, Find(reference, issuer, at));
  TRY_ASSIGN(const std::uint8_t value, token->list.At(reference.index));
  return StatusReading{.value = value, .as_of = token->issued_at};
}

}  // namespace passport
