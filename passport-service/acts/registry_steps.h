// What the steps of a proposal make of the registry.
//
// Nothing begins before its last signature: a beginning that lies behind is moved to `now`, but for a compromise, which
// may have begun earlier. A state begins with the next second; only windows and successions may lie ahead. History only
// grows, and an organisation has no more of it than readers of the registry take (registry_entity_json.h): one that had
// more would make the whole registry unreadable.
//
// Pure; any thread may call.
#pragma once

#include <span>

#include "passport-service/acts/registrars.h"
#include "passport-service/ports/proposal.h"

namespace passport {

// Where this service publishes: "https://passport.example". No slash at the end.
struct PublishedBase {
  std::string uri;
  std::string IssuerOf(const OrganisationId& id) const { return uri + "/issuers/" + id.PathSegment(); }
  std::string StatusPrefixOf(const OrganisationId& id) const { return uri + "/status/" + id.PathSegment() + "/"; }
};

// Of one proposal. Its steps together name no more kinds of records, to be added or ended, than one organisation may
// have (kRegistryKindWindowsMax).
inline constexpr std::size_t kStepsMax = 16;
inline constexpr std::uint32_t kRegistrarsNeededMax = 5;

// The rows afterwards. What changed has the next revision, what is new has 0. Fails with kFieldInvalid, kRecordKind,
// kAlreadyExists, kNotFound (no such organisation), kLimit and kStateConflict, and then says which rule the steps
// break; among the rules: a registrar must be left, from the next second on, at every moment that is known of.
Result<OrganisationRows> TakeSteps(const OrganisationRows& rows, std::span<const RegistryStep> steps,
                                   const PublishedBase& base, Instant now);

// The row of a new organisation. Fails with kFieldInvalid, kRecordKind and kLimit.
Result<OrganisationRow> NewOrganisation(const OrganisationId& id, const Enrolment& enrolment, const PublishedBase& base,
                                        Instant now);

// A word (text_forms.h). Fails with kFieldInvalid.
Result<void> CheckReasonWord(std::string_view reason);

}  // namespace passport
