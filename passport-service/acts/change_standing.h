// Revokes, suspends and reinstates credentials.
#pragma once

#include <string>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

enum class StandingVerb { kRevoke, kSuspend, kReinstate };

// The one transition function. Doing again what is done is no change; a revoked credential never comes back
// (kStateConflict).
Result<CredentialState> Move(CredentialState from, StandingVerb verb);

// Bit, state, audit row, event and answer are one write; a revoked credential no longer stands for its fact. Revoking
// twice returns the first state with its time.
class ChangeStanding {
 public:
  struct Order {
    Caller by;  // who answers for the credential: its issuer, or whoever took the issuer over
    RequestId request;
    CredentialId credential;
    StandingVerb verb;
    std::string why;  // a word: "training_expired", "left_organisation", "issued_in_error", "no_longer_valid",
                      // "suspected_invalid", "holder_deceased", "lost_passport"
  };
  struct Standing {
    CredentialState state;
    Instant since;
  };
  ChangeStanding(Store& store, PersonVault& vault, const Clock& clock) : store_(store), vault_(vault), clock_(clock) {}
  // Fails with kCallerUnknown, kNotFound (also for another organisation's credential),
  // kNotPermitted for an issuer that was taken over, kFieldInvalid, kStateConflict (also when what it is bound to was
  // given up, and it is to be good again), and as the store does.
  Result<Standing> operator()(const Order& order);

 private:
  Result<std::optional<ExpectPassport>> CheckBound(const CredentialRow& row, StandingVerb verb);

  Store& store_;
  PersonVault& vault_;
  const Clock& clock_;
};

}  // namespace passport
