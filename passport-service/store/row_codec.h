// Rows to bytes and back; the numbers of their fields are in the row_codec files beside this one and in
// docs/formats/store.md.
//
// Decode fails with kStoreUnavailable when the bytes are not exactly what Encode makes of some row; an organisation of
// schema 2 still reads, without the keys it named. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "passport-service/ports/proposal.h"
#include "passport-service/ports/rows.h"
#include "passport-service/ports/share_row.h"
#include "passport-service/ports/system_row.h"

namespace passport {

// Where the chain of one actor has got to.
struct AuditLast {
  std::uint64_t actor_sequence = 0;
  Digest hash{};
};

std::string Encode(const OrganisationRow& row);
std::string Encode(const PersonRow& row);
std::string Encode(const EmploymentRow& row);
std::string Encode(const KeeperKeyRow& row);
std::string Encode(const DataKeyRow& row);
std::string Encode(const StatusListRow& row);
std::string Encode(const IntentRow& row);
std::string Encode(const CredentialRow& row);
std::string Encode(const AnswerRow& row);
std::string Encode(const ChallengeRow& row);
std::string Encode(const DocumentRow& row);
std::string Encode(const AuditRow& row);
std::string Encode(const AuditLast& last);
std::string Encode(const EventRow& row);
std::string Encode(const StandingRecordRow& row);
std::string Encode(const MatchKeyRow& row);
std::string Encode(const ImportRow& row);
std::string Encode(const DraftRow& row);
std::string Encode(const ImportSeriesRow& row);
std::string Encode(const RelianceRow& row);
std::string Encode(const RelianceLink& link);
std::string Encode(const OverrideRow& row);
std::string Encode(const SystemRow& row);
std::string Encode(const ProposalRow& row);
std::string Encode(const CertificateRow& row);
std::string Encode(const HolderKeyRow& row);
std::string Encode(const IdentityCheckRow& row);
std::string Encode(const InvitationRow& row);
std::string Encode(const RebindingRow& row);
std::string Encode(const DisputeRow& row);
std::string Encode(const UnlockRow& row);
std::string Encode(const ShareRow& row);
std::string Encode(const ShareNoticeRow& row);
std::string Encode(const ShareLookRow& row);

template <class Row>
Result<Row> Decode(std::string_view bytes) = delete;
template <>
Result<OrganisationRow> Decode(std::string_view bytes);
template <>
Result<PersonRow> Decode(std::string_view bytes);
template <>
Result<EmploymentRow> Decode(std::string_view bytes);
template <>
Result<KeeperKeyRow> Decode(std::string_view bytes);
template <>
Result<DataKeyRow> Decode(std::string_view bytes);
template <>
Result<StatusListRow> Decode(std::string_view bytes);
template <>
Result<IntentRow> Decode(std::string_view bytes);
template <>
Result<CredentialRow> Decode(std::string_view bytes);
template <>
Result<AnswerRow> Decode(std::string_view bytes);
template <>
Result<ChallengeRow> Decode(std::string_view bytes);
template <>
Result<DocumentRow> Decode(std::string_view bytes);
template <>
Result<AuditRow> Decode(std::string_view bytes);
template <>
Result<AuditLast> Decode(std::string_view bytes);
template <>
Result<EventRow> Decode(std::string_view bytes);
template <>
Result<StandingRecordRow> Decode(std::string_view bytes);
template <>
Result<MatchKeyRow> Decode(std::string_view bytes);
template <>
Result<ImportRow> Decode(std::string_view bytes);
template <>
Result<DraftRow> Decode(std::string_view bytes);
template <>
Result<ImportSeriesRow> Decode(std::string_view bytes);
template <>
Result<RelianceRow> Decode(std::string_view bytes);
template <>
Result<RelianceLink> Decode(std::string_view bytes);
template <>
Result<OverrideRow> Decode(std::string_view bytes);
template <>
Result<SystemRow> Decode(std::string_view bytes);
template <>
Result<ProposalRow> Decode(std::string_view bytes);
template <>
Result<CertificateRow> Decode(std::string_view bytes);
template <>
Result<HolderKeyRow> Decode(std::string_view bytes);
template <>
Result<IdentityCheckRow> Decode(std::string_view bytes);
template <>
Result<InvitationRow> Decode(std::string_view bytes);
template <>
Result<RebindingRow> Decode(std::string_view bytes);
template <>
Result<DisputeRow> Decode(std::string_view bytes);
template <>
Result<UnlockRow> Decode(std::string_view bytes);
template <>
Result<ShareRow> Decode(std::string_view bytes);
template <>
Result<ShareNoticeRow> Decode(std::string_view bytes);
template <>
Result<ShareLookRow> Decode(std::string_view bytes);

}  // namespace passport
