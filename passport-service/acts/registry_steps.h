// What the steps of a proposal make of the registry.
//
// Nothing begins before its last signature: a beginning that lies behind is moved to `now`, but for a compromise, which
// may have begun earlier. A state begins at once; only windows and successions may lie ahead. History only grows.
//
// Pure; any thread may call.
#pragma once

#include <map>
#include <span>

#include "passport-service/ports/organisation_standing.h"
#include "passport-service/ports/proposal.h"

namespace passport {

// Where this service publishes: "https://passport.example". No slash at the end.
struct PublishedBase {
  std::string uri;
  std::string IssuerOf(const OrganisationId& id) const { return uri + "/issuers/" + id.PathSegment(); }
  std::string StatusPrefixOf(const OrganisationId& id) const { return uri + "/status/" + id.PathSegment() + "/"; }
};

using OrganisationRows = std::map<OrganisationId, OrganisationRow>;

inline constexpr std::size_t kStepsMax = 16;  // of one proposal
inline constexpr std::uint32_t kRegistrarsNeededMax = 5;

// The rows afterwards. What changed has the next revision, what is new has 0. Fails with kFieldInvalid, kRecordKind,
// kAlreadyExists, kNotFound (no such organisation) and kStateConflict, and then says which rule the steps break; among
// the rules: a registrar must be left, now and at every later moment that is known of.
Result<OrganisationRows> TakeSteps(const OrganisationRows& rows, std::span<const RegistryStep> steps,
                                   const PublishedBase& base, Instant now);

// The row of a new organisation. Fails with kFieldInvalid and kRecordKind.
Result<OrganisationRow> NewOrganisation(const OrganisationId& id, const Enrolment& enrolment, const PublishedBase& base,
                                        Instant now);

// How many systems of registrars must sign a change: what the strictest registrar asks for.
std::uint32_t RegistrarsNeeded(const OrganisationRows& rows, Instant now);

// 1 to 64 of a-z, 0-9 and '_'. Fails with kFieldInvalid.
Result<void> CheckReasonWord(std::string_view reason);

}  // namespace passport
