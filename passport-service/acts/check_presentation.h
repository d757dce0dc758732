// Verifies a presentation for the organisation that asked, decides a role on it, and keeps what was relied on.
// Challenge first: the service hands out the nonce, once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/decision/decision.h"
#include "credential/evidence/receipt.h"
#include "credential/vocabulary/random.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/kept_reliance.h"
#include "passport-service/acts/override_decision.h"
#include "passport-service/acts/person_vault.h"
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
  using Shift = AskedShift;
  struct Question {
    Caller by;
    std::string nonce;  // from AskForPresentation
    std::string presentation;
    std::optional<std::string> profile;  // decide this role ...
    Shift shift;                         // ... for this shift
    std::string purpose;                 // why it is relied on: a word, 1 to 60, the one the proof names; that if empty
    std::string agreement;               // under which other employers' checks count: 1 to 40, or empty
  };
  struct Answer {
    VerifiedPresentation presentation;
    std::optional<Decision> decision;
    std::string receipt;              // signed, for the caller's file (docs/formats/receipt.md)
    std::uint64_t reliance = 0;       // its place in the caller's chain of reliance
    std::vector<Override> overrides;  // of this person and profile, in force now; they change no outcome
  };
  CheckPresentation(Store& store, const KeyStore& keys, PersonVault& vault, const CurrentTrust& trust,
                    const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), trust_(trust), clock_(clock) {}
  // The challenge is consumed, the outcome audited and the reliance row written in one batch before the answer: no
  // audit, no answer, and of two equal presentations one is refused. Fails with the reasons of the token checks,
  // kKbNonce for a challenge that is unknown, used, expired or another organisation's, kCallerUnknown, kNotFound
  // (profile), kNotYetInForce, kWithdrawn, kFieldInvalid (shift, purpose, agreement), kRegistryStale, kSigning or
  // kKeyState (receipt), and as the store does. A refusal is audited too.
  Result<Answer> operator()(const Question& question);

 private:
  Result<Answer> Check(const Question& question, Instant now);
  Store& store_;
  const KeyStore& keys_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
