// Rows to bytes and back; the numbers of their fields are in row_codec.cc and docs/formats/store.md.
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
std::string Encode(const StatusListRow& row);
std::string Encode(const IntentRow& row);
std::string Encode(const CredentialRow& row);
std::string Encode(const AnswerRow& row);
std::string Encode(const ChallengeRow& row);
std::string Encode(const DocumentRow& row);
std::string Encode(const AuditRow& row);
std::string Encode(const EventRow& row);

template <class Row>
Result<Row> Decode(std::string_view bytes) = delete;
template <>
Result<OrganisationRow> Decode(std::string_view bytes);
template <>
Result<PersonRow> Decode(std::string_view bytes);
template <>
Result<EmploymentRow> Decode(std::string_view bytes);
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

}  // namespace passport
