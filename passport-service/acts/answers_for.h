// Who answers for what an organisation has issued and keeps: itself, or whoever took it over, and whoever took that one
// over.
//
// Any thread may call.
#pragma once

#include "passport-service/ports/organisation_standing.h"
#include "passport-service/ports/store.h"

namespace passport {

// Fails with kStoreUnavailable when a successor is not there or the successors go round in a circle, and as the store
// does.
Result<OrganisationId> AnswersFor(Organisations& organisations, const OrganisationRow& row, Instant now);

// A credential that `caller` answers for: one of its own, or of an organisation it took over. Fails with kNotFound,
// also for anybody else's; with kNotPermitted for one of its own that it has handed over; and as the store does.
Result<CredentialRow> FindAnsweredFor(Store& store, const OrganisationRow& caller, const CredentialId& id, Instant now);

// Whose data a call is about: the caller's own when it names nobody, or those of an organisation it took over. Fails
// with kNotFound for everybody else, whether there is such an organisation or not; with kNotPermitted for the caller's
// own that it has handed over; and as the store does.
Result<OrganisationId> FindKeeper(Organisations& organisations, const OrganisationRow& caller,
                                  const std::optional<OrganisationId>& named, Instant now);

}  // namespace passport
