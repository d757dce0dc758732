// Judges tokens by a policy: the credential, then its status, then the claims that are needed.
#pragma once

#include <string_view>

#include "credential/sdjwt/key_binding.h"
#include "verifier-cli/token/challenge.h"
#include "verifier-cli/token/policy.h"
#include "verifier-cli/token/policy_statuses.h"
#include "verifier-cli/token/verdict.h"

namespace passport {

// Keeps the status lists it has verified. Used by one thread; stays where it is made.
class PolicyVerifier {
 public:
  explicit PolicyVerifier(Policy policy) : policy_(std::move(policy)), statuses_(policy_) {}
  PolicyVerifier(const PolicyVerifier&) = delete;
  PolicyVerifier& operator=(const PolicyVerifier&) = delete;

  const Policy& policy() const { return policy_; }
  // `challenge` fills what the policy leaves open; where both say something else the answer is kConfig. `clock` is used
  // when neither names an instant.
  TokenVerdict Judge(std::string_view token, const Challenge& challenge, Instant clock);

 private:
  // What one token is judged against, with every question answered.
  struct Terms {
    Instant now;
    std::optional<std::string_view> nonce;
    std::optional<std::string_view> audience;
  };
  Result<Terms> TermsOf(const Challenge& challenge, Instant clock) const;
  KeyBinding KeyBindingFor(std::string_view token, const Terms& terms) const;
  Result<std::string> Claims(std::string_view token, const Challenge& challenge, Instant clock);

  Policy policy_;
  PolicyStatuses statuses_;
};

}  // namespace passport
