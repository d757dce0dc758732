// What stands signed for a fact, and how a newer record takes its place.
#pragma once

#include <optional>

#include "passport-service/acts/fact_digest.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

struct StandingFact {
  DraftVerdict verdict = DraftVerdict::kNew;  // kNew, kChanged or kUnchanged
  std::optional<CredentialId> named;          // the credential the store names for the fact
  std::optional<CredentialRow> row;           // what is replaced or stands unchanged
};

// Compares a record with what stands: nothing (kNew), a credential that says the same and has not run out (kUnchanged),
// or another one (kChanged). Fails with kStateConflict when the one it would replace is suspended, because a new
// credential would undo that, and as the store does.
Result<StandingFact> FindStanding(Store& store, const OrganisationId& organisation, const PersonId& person,
                                  std::string_view kind, const FactDigests& digests, Instant now);

// Makes `credential` the one that stands for the fact, and ends the life of the one it replaces with the reason
// "superseded": bit, state, audit row and event.
Changes TakePlace(const StandingFact& standing, const StandingRecordRow& row, const Caller& by,
                  const RequestId& request, Instant now);

// Forgets that a credential stands for its fact, if it does. For when it is revoked. Fails as the store does.
Result<Changes> StepDown(Store& store, PersonVault& vault, const CredentialRow& row);

inline constexpr std::string_view kSuperseded = "superseded";
// Why a credential is suspended whose passport was bound to another key. No issuer can give this reason or take it
// back.
inline constexpr std::string_view kPassportReplaced = "passport_replaced";

}  // namespace passport
