// Verifies a presentation for the organisation that asked, and decides a role on it. Challenge first: the service hands
// out the nonce, once.
#pragma once

#include <optional>
#include <string>

#include "credential/decision/decision.h"
#include "credential/vocabulary/random.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class AskForPresentation {
 public:
  static constexpr Seconds kChallengeLifetime{600};
  struct Challenge {
    std::string nonce;     // 128 random bits
    std::string audience;  // what the holder's proof must name
    Instant expires_at;
  };
  AskForPresentation(Store& store, Random& random, const Clock& clock)
      : store_(store), random_(random), clock_(clock) {}
  // Fails with kCallerUnknown and as the store does.
  Result<Challenge> operator()(const Caller& by);

 private:
  Store& store_;
  Random& random_;
  const Clock& clock_;
};

class CheckPresentation {
 public:
  struct Question {
    Caller by;
    std::string nonce;  // from AskForPresentation
    std::string presentation;
    std::optional<std::string> profile;  // decide this role ...
    std::optional<CivilDay> day;         // ... on this day; today in London if not named
  };
  struct Answer {
    VerifiedPresentation presentation;
    std::optional<Decision> decision;
  };
  CheckPresentation(Store& store, const CurrentTrust& trust, const Clock& clock)
      : store_(store), trust_(trust), clock_(clock) {}
  // The challenge is consumed and the outcome audited in one write before the answer: no audit, no answer, and of two
  // equal presentations one is refused. Fails with the reasons of the token checks, kKbNonce for a challenge that is
  // unknown, used, expired or another organisation's, kCallerUnknown, kNotFound (profile), kNotYetInForce,
  // kRegistryStale, and as the store does. A refusal is audited too.
  Result<Answer> operator()(const Question& question);

 private:
  Result<Answer> Check(const Question& question, Instant now);
  Store& store_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
