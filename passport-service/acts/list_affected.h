// Which credentials are worthless because a key was lost: by person, then summed up by organisation.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "keys/key_store.h"
#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// Opaque ids only: who it is, the employer knows.
struct AffectedPerson {
  OrganisationId organisation;
  PersonId person;
  std::vector<CredentialId> credentials;
};
struct AffectedOrganisation {
  OrganisationId organisation;
  EntryState state;
  std::uint64_t keys = 0;  // that are compromised
  std::uint64_t credentials = 0;
  std::uint64_t people = 0;
};

class ListAffected {
 public:
  struct Order {
    Caller by;
    std::optional<OrganisationId> organisation;  // nothing: all that the caller answers for; for a registrar, all
  };
  struct Sink {
    std::function<Result<void>(const AffectedPerson&)> person;
    std::function<Result<void>(const AffectedOrganisation&)> organisation;  // after its people
  };
  ListAffected(Store& store, KeyStore& keys, const Clock& clock) : store_(store), keys_(keys), clock_(clock) {}
  // Organisations that have lost no key are left out. The look is an audit row, durable before the first answer. Fails
  // with kCallerUnknown, kNotFound (also for an organisation the caller does not answer for), as the store does, and
  // with what the sink fails with.
  Result<void> operator()(const Order& order, const Sink& sink);

 private:
  Result<std::vector<OrganisationRow>> Asked(const Order& order, Instant now);
  Result<void> Tell(const OrganisationRow& row, Instant now, const Sink& sink);

  Store& store_;
  KeyStore& keys_;
  const Clock& clock_;
};

}  // namespace passport
