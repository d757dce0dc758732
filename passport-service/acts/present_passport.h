// Presents on behalf of a person whose holder key the service keeps. The person's passport code, or a session code
// of the caller's own (unlock_passport.h), stands for their agreement; a session code for showing it to the caller
// alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/decision/decision.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class PresentPassport {
 public:
  struct Order {
    Caller by;
    std::string passport_code;
    std::string audience;  // the organisation that asked, as its challenge names it
    std::string nonce;
    std::string purpose;         // a word
    std::vector<Showable> show;  // what to show; or, if empty, what speaks to `profile` on `day` for the audience
    std::optional<std::string> profile;
    std::optional<CivilDay> day;
    Engagement engagement = Engagement::kPlacement;
  };
  struct Holding {
    CredentialId credential;
    OrganisationId issuer;
    std::string kind;
    CredentialState state;
    Record record;
  };
  PresentPassport(Store& store, KeyStore& keys, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), keys_(keys), vault_(vault), trust_(trust), clock_(clock) {}
  // Expired credentials, and those of issuers or keys no longer in the registry, can not be shown; revoked ones are
  // left out when chosen by profile, suspended ones shown only where there is no better. Fails with kCallerUnknown,
  // kNotPermitted (a session code, and another audience than the caller), kNotFound (code, credential, profile),
  // kNotYetInForce, kWithdrawn, kFieldInvalid, kClaims, kRecordMissing (nothing to show), kStateConflict (the service
  // does not keep this passport), kRegistryStale (nothing published yet), and as store and key store do.
  Result<Presentation> operator()(const Order& order);
  // Everything the person holds.
  Result<std::vector<Holding>> Holdings(const Caller& by, const std::string& passport_code);

 private:
  Store& store_;
  KeyStore& keys_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
