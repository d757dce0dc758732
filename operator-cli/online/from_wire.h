// From the messages of the wire to plain values. Every function fails with kSchemaNewer when the service says something
// that this program has no word for: unknown never becomes a yes.
#pragma once

#include "operator-cli/online/import_answers.h"
#include "staffpassport/v1/holder_service.pb.h"
#include "staffpassport/v1/issuer_service.pb.h"
#include "staffpassport/v1/registrar_service.pb.h"
#include "staffpassport/v1/verifier_service.pb.h"

namespace passport {

void ToWire(const RecordText& record, staffpassport::v1::Record& message);
// "left_organisation". Fails with kFieldInvalid.
Result<staffpassport::v1::StandingReason> ToWire(std::string_view standing_reason);

staffpassport::v1::RuleKind ToWire(RuleWord kind);
void ToWire(const ShiftQuestion& shift, staffpassport::v1::DecideRoleRequest& request);

RecordText FromWire(const staffpassport::v1::Record& message);
OverrideAnswer FromWire(const staffpassport::v1::Override& message);
RoleCountsAnswer FromWire(const staffpassport::v1::RoleCounts& message);
Result<CredentialAnswer> FromWire(const staffpassport::v1::Credential& message);
Result<StandingAnswer> FromWire(const staffpassport::v1::CredentialStanding& message);
Result<HoldingAnswer> FromWire(const staffpassport::v1::Holding& message);
// The word of ours; empty where there is none.
Result<std::string> ToReasonWord(const std::string& wire_word);
Result<RoleAnswer> ToRole(staffpassport::v1::Outcome outcome);
Result<RequirementAnswer> ToRequirement(const staffpassport::v1::DecisionLine& line);
Result<RefusalAnswer> FromWire(const staffpassport::v1::Refusal& message);
Result<VerificationAnswer> FromWire(const staffpassport::v1::Verification& message);
Result<DecisionAnswer> FromWire(const staffpassport::v1::Decision& message);
Result<ImportRowAnswer> FromWire(const staffpassport::v1::ImportRowResult& message);
Result<ImportAnswer> FromWire(const staffpassport::v1::Import& message);
Result<ImportReviewAnswer> FromWire(const staffpassport::v1::ReviewedImport& message);
Result<StagedAnswer> FromWire(const staffpassport::v1::ImportSummary& message);
Result<DraftAnswer> FromWire(const staffpassport::v1::Draft& message);
Result<IssueAnswer> FromWire(const staffpassport::v1::IssueImportResponse& message);

}  // namespace passport
