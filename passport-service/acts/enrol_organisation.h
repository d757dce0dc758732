// Takes an organisation into the registry: keys of its own for issuing and for status, a first status list, an entry.
//
// The short way where one registrar is enough: a proposal (ProposeChange) and its one signature in one call, which
// stands among the proposals like any other.
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/registry_effects.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

class EnrolOrganisation {
 public:
  struct Order {
    Caller by;  // a registrar
    RequestId request;
    OrganisationId organisation;
    std::string legal_name;          // 1 to 120 printable characters
    std::string type;                // a word, "nhs_trust"
    std::vector<std::string> kinds;  // words of record kinds it may issue; may be empty
    bool two_person = false;         // what one of its systems has prepared, another one must approve
  };
  EnrolOrganisation(Store& store, const Clock& clock, RegistryEffects& effects)
      : store_(store), clock_(clock), effects_(effects) {}
  // Fails with kNotPermitted, kAlreadyExists, kFieldInvalid, kRecordKind, kLimit, kStateConflict, kSecondPerson where
  // more than one registrar must sign, and as the store and the key store do. Visible to receivers after the next
  // publication.
  Result<void> operator()(const Order& order);
  // The registrar itself, at the creation of a service: nobody could call yet.
  Result<void> EnrolRegistrar(const OrganisationId& organisation, std::string legal_name);

 private:
  Store& store_;
  const Clock& clock_;
  RegistryEffects& effects_;
};

// The row of a caller. Fails with kCallerUnknown.
Result<OrganisationRow> FindCaller(Organisations& organisations, const Caller& caller);

}  // namespace passport
