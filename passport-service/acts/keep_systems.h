// Which systems of an organisation may call, with which certificates, and what they may do.
//
// The role registrar keeps the systems of every organisation, the role operator those of its own; what others have does
// not exist for it. A system with the role registrar is kept by the role registrar alone, and where more than one
// registrar must sign, none makes another system one or gives it a certificate. Nobody changes the roles of the system
// they call with, and nobody ends it: so nobody locks themselves out, and no system gives itself more than somebody
// else gave it.
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// Any thread may call.
class KeepSystems {
 public:
  struct Put {
    Caller by;
    RequestId request;
    OrganisationId organisation;
    std::string system;
    Roles roles;                  // all it may do from now on; at least one
    std::string certificate_pem;  // names this system of this organisation; empty: those it has
  };
  struct Revocation {
    Caller by;
    RequestId request;
    OrganisationId organisation;
    std::string system;
    std::optional<Digest> certificate;  // by its public key; nothing: the whole system
    std::string why;                    // a word (text_forms.h)
  };
  struct Listing {
    Caller by;
    OrganisationId organisation;
  };
  KeepSystems(Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  // The system as it stands afterwards; in force with the next call. Fails with kNotFound (no such organisation, or not
  // the caller's), kFieldInvalid, kKey when the certificate is no client certificate of this system, kNotPermitted,
  // kSecondPerson for another system with the role registrar where more than one registrar must sign, kStateConflict
  // when that certificate was revoked or there are too many, kRequestReused, and as the store does.
  Result<SystemRow> operator()(const Put& order);
  // Revoking twice is harmless. Fails likewise, but never with kSecondPerson.
  Result<SystemRow> Revoke(const Revocation& order);
  // By name. Fails with kNotFound, and as the store does.
  Result<std::vector<SystemRow>> List(const Listing& order);
  // By the hand of whoever runs the service, asked by nobody: the first system of the registrar, and the way back in
  // when it has no certificate left. The certificate names organisation and system. Fails likewise.
  Result<SystemRow> PutByHand(Roles roles, std::string_view certificate_pem);

 private:
  Result<void> CheckReach(const Caller& by, const OrganisationId& organisation);
  Result<void> CheckOffice(const std::optional<SystemRow>& before, const Put& order, Instant now);
  Result<SystemRow> FindOf(const Caller& by, const OrganisationId& organisation, const std::string& system);
  Result<SystemRow> Keep(const std::optional<SystemRow>& before, SystemRow row, Changes changes, const RequestKey& key);

  Store& store_;
  const Clock& clock_;
};

}  // namespace passport
