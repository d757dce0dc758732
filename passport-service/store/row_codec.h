// Rows to bytes and back; the numbers of their fields are in row_codec.cc, import_row_codec.cc, reliance_row_codec.cc
// and docs/formats/store.md.
//
// Decode fails with kStoreUnavailable when the bytes are not exactly what Encode makes of some row. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "passport-service/ports/rows.h"

namespace passport {

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
std::string Encode(const EventRow& row);
std::string Encode(const StandingRecordRow& row);
std::string Encode(const MatchKeyRow& row);
std::string Encode(const ImportRow& row);
std::string Encode(const DraftRow& row);
std::string Encode(const ImportSeriesRow& row);
std::string Encode(const RelianceRow& row);
std::string Encode(const RelianceLink& link);
std::string Encode(const OverrideRow& row);

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

}  // namespace passport
