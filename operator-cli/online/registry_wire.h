// Changes of the registry, to the wire and back.
#pragma once

#include "operator-cli/online/registry_answers.h"
#include "staffpassport/v1/registry.pb.h"

namespace passport {

// Fail with kFieldInvalid for a word that is none, with which there are.
Result<staffpassport::v1::RegistryStep> ToWire(const StepEntry& entry);

// Fail with kSchemaNewer for values this program does not know.
Result<ProposalAnswer> FromWire(const staffpassport::v1::Proposal& message);
Result<ReviewAnswer> FromWire(const staffpassport::v1::ReviewProposalResponse& message);
Result<SignedAnswer> FromWire(const staffpassport::v1::SignProposalResponse& message);
AffectedPersonAnswer FromWire(const staffpassport::v1::AffectedPerson& message);
Result<AffectedOrganisationAnswer> FromWire(const staffpassport::v1::AffectedOrganisation& message);
ReissueAnswer FromWire(const staffpassport::v1::ReissueCredentialsResponse& message);

}  // namespace passport
