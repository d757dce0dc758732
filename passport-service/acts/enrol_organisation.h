// Takes an organisation into the registry: keys of its own for issuing and for status, a first status list, an entry.
#pragma once

#include <string>
#include <vector>

#include "credential/vocabulary/random.h"
#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// Where this service publishes: "https://passport.example". No slash at the end.
struct PublishedBase {
  std::string uri;
  std::string IssuerOf(const OrganisationId& id) const { return uri + "/issuers/" + id.PathSegment(); }
  std::string StatusPrefixOf(const OrganisationId& id) const { return uri + "/status/" + id.PathSegment() + "/"; }
};

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
  EnrolOrganisation(Store& store, KeyStore& keys, Random& random, const Clock& clock, PublishedBase base)
      : store_(store), keys_(keys), random_(random), clock_(clock), base_(std::move(base)) {}
  // Fails with kNotPermitted, kAlreadyExists, kFieldInvalid, kRecordKind, and as the store and the key store do.
  // Visible to receivers after the next publication.
  Result<void> operator()(const Order& order);
  // The registrar itself, at the creation of a service: nobody could call yet.
  Result<void> EnrolRegistrar(const OrganisationId& organisation, std::string legal_name);

 private:
  Result<OrganisationRow> MakeRow(const Order& order, bool registrar, Instant now);
  Store& store_;
  KeyStore& keys_;
  Random& random_;
  const Clock& clock_;
  PublishedBase base_;
};

// The row of a caller. Fails with kCallerUnknown.
Result<OrganisationRow> FindCaller(Organisations& organisations, const Caller& caller);

}  // namespace passport
