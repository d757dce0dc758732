// Retires status lists: a list that is full, and whose credentials have all expired, is published no more.
//
// A receiver refuses such a credential for its age, whatever a list would say (TSL-02).
#pragma once

#include <map>
#include <utility>

#include "passport-service/ports/clock.h"
#include "passport-service/ports/store.h"

namespace passport {

// Used by one thread.
class RetireLists {
 public:
  RetireLists(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Looks at every list and returns how many it retired. Reads all credentials of an organisation that has a full list,
  // and not again before the first of its lists can have come to its end. Fails as the store does.
  Result<std::size_t> operator()();

 private:
  using Ends = std::map<std::uint32_t, Instant>;  // by list: when its last credential expires
  Result<Ends> ReadEnds(const OrganisationId& organisation);
  Result<std::size_t> RetireOf(const OrganisationId& organisation, Instant now);
  Store& store_;
  const Clock& clock_;
  std::map<OrganisationId, Instant> look_again_;
};

}  // namespace passport
