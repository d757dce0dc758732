// The status lists that came with a policy. Nothing is fetched.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "credential/status/status_token.h"
#include "credential/trust/issuer_directory.h"
#include "verifier-cli/token/policy.h"

namespace passport {

// Verifies a list when it is first asked for, under the status keys of the issuer whose credential names it, and keeps
// it. Used by one thread; the policy must outlive it.
class PolicyStatuses final : public StatusSource {
 public:
  explicit PolicyStatuses(const Policy& policy) : policy_(policy) {}
  // A list that has expired is kStatusStale, one that is not in the policy kStatusUnknown.
  Result<StatusReading> Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) override;

 private:
  struct Kept {
    StatusListToken list;
    Instant held_at;  // it held at this instant, and does until it expires
  };
  using Key = std::pair<std::string, std::string>;  // issuer, URI

  Result<const StatusListToken*> Find(const StatusReference& reference, const TrustedIssuer& issuer, Instant at);
  Result<StatusListToken> Verify(const std::string& token, const StatusReference& reference,
                                 const TrustedIssuer& issuer, Instant at) const;

  const Policy& policy_;
  std::map<Key, Kept> kept_;
};

}  // namespace passport
