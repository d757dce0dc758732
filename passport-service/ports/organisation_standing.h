// What the row of an organisation says about one instant.
//
// Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "passport-service/ports/rows.h"

namespace passport {

// How it stands then; active from valid_from on, before the first change.
EntryState StateAt(const OrganisationRow& row, Instant at);

// Who answers then for what it has issued: the last succession that has begun. Null while it answers for itself.
const Succession* SuccessionAt(const OrganisationRow& row, Instant at);

// True from valid_from until valid_until, while it is active and nobody has taken it over.
bool TakesPart(const OrganisationRow& row, Instant at);

// The moments at which the answers above change, in no order: of the past and of the future.
std::vector<Instant> TurningPoints(const OrganisationRow& row);

// True when it takes part and one of the kind's windows is open.
bool MayIssue(const OrganisationRow& row, std::string_view kind, Instant at);

}  // namespace passport
