// Who holds the registrar's office, at every moment that is known of.
//
// Pure; any thread may call.
#pragma once

#include <map>
#include <set>

#include "passport-service/ports/organisation_standing.h"

namespace passport {

using OrganisationRows = std::map<OrganisationId, OrganisationRow>;

// When what is signed at `now` begins. What an organisation signs in the second of a change is signed before it: times
// of credentials are whole seconds, and "until" is exclusive.
inline Instant NextSecond(Instant now) { return now + Seconds{1}; }

// The moments from NextSecond(now) on at which the office may pass to others. Never empty.
std::set<Instant> OfficeMoments(const OrganisationRows& rows, Instant now);

// Fails with kStateConflict when at one of these moments no registrar takes part.
Result<void> CheckRegistrarLeft(const OrganisationRows& rows, Instant now);

// How many systems of registrars must sign a change: what the strictest registrar asks for.
std::uint32_t RegistrarsNeeded(const OrganisationRows& rows, Instant now);

}  // namespace passport
