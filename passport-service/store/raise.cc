#include "passport-service/store/raise.h"

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {
namespace {

constexpr char kSealedByKeyStore = 1;  // the first byte of what it seals; the vault's is another
constexpr std::size_t kRowsAtOnce = 200;

bool IsOld(std::string_view sealed) { return !sealed.empty() && sealed.front() == kSealedByKeyStore; }

struct Row {
  std::string key;
  std::string value;
};

// Calls `raise` for each row with a batch to write into; rows are read page by page, so that it may write.
using RaiseOne = std::function<Result<void>(const Row& row, RocksTables::Batch& batch)>;
Result<void> EachRow(RocksTables& tables, Table table, const RaiseOne& raise) {
  std::string from;
  for (;;) {
    std::vector<Row> rows;
    TRY(tables.Scan(table, "", from, [&](std::string_view key, std::string_view value) -> Result<bool> {
      rows.push_back({std::string(key), std::string(value)});
      return rows.size() < kRowsAtOnce;
    }));
    if (rows.empty()) return {};
    auto batch = tables.NewBatch();
    for (const Row& row : rows) TRY(raise(row, batch));
    if (tables.Write(batch) != RocksTables::Written::kDurable)
      return Fault{Reason::kStoreUnavailable, "", "the raised rows can not be written"};
    from = rows.back().key + '\0';
  }
}

// Nothing when the row was raised before: field 3 is there by schema 2 alone.
Result<std::optional<PersonBySchema2>> OldPerson(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kPerson);
  TRY_ASSIGN(auto id, in.Parsed<PersonId>(1));
  const Digest code = in.Hash(2);
  if (!in.Has(3)) return std::optional<PersonBySchema2>();
  PersonBySchema2 old{.id = std::move(id),
                      .passport_code_hash = code,
                      .holder_jwk = in.Copy(3),
                      .sealed_holder_key = in.Copy(4),
                      .enrolled_at = in.Time(5)};
  TRY(in.End());
  return std::optional(std::move(old));
}

Result<EmploymentBySchema2> OldEmployment(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kEmploymentBySchema2);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  std::string number = in.Copy(2);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(3));
  TRY(in.End());
  return EmploymentBySchema2{std::move(organisation), std::move(number), std::move(person)};
}

// The bytes of a row without one field, and that field. Fields are looked at from the outside, because a reader of the
// row refuses those of another schema.
struct Split {
  std::string rest;
  std::optional<std::string> field;
};
Result<Split> WithoutField(std::string_view bytes, std::uint8_t number) {
  constexpr std::size_t kHead = 2;  // version and kind
  Split split{.rest = std::string(bytes.substr(0, kHead)), .field = {}};
  const Fault damaged{Reason::kStoreUnavailable, "", "a row of schema 2 is damaged"};
  for (std::size_t at = kHead; at < bytes.size();) {
    std::size_t length = 0;
    std::size_t next = at + 1;
    for (int shift = 0;; shift += 7, ++next) {
      if (next >= bytes.size() || shift > 28) return damaged;
      const auto byte = static_cast<std::uint8_t>(bytes[next]);
      length |= static_cast<std::size_t>(byte & 0x7fU) << static_cast<unsigned>(shift);
      if ((byte & 0x80U) == 0) break;
    }
    ++next;
    if (bytes.size() - next < length) return damaged;
    if (static_cast<std::uint8_t>(bytes[at]) == number) {
      split.field = std::string(bytes.substr(next, length));
    } else {
      split.rest += bytes.substr(at, next - at + length);
    }
    at = next + length;
  }
  return split;
}

// Field 5, the token in clear, becomes field 14.
Result<void> RaiseCredential(const Row& row, RaiseSeals& seals, RocksTables::Batch& batch) {
  TRY_ASSIGN(const Split split, WithoutField(row.value, 5));
  if (!split.field) return {};
  TRY_ASSIGN(auto old, Decode<CredentialRow>(split.rest + FieldWriter().Text(14, "").Take()));
  TRY_ASSIGN(const CredentialRow raised, seals.Raise(std::move(old), *split.field));
  batch.Put(Table::kCredential, row.key, Encode(raised));
  return {};
}

Result<void> RaiseDraft(const Row& row, RaiseSeals& seals, RocksTables::Batch& batch) {
  TRY_ASSIGN(const Split split, WithoutField(row.value, 15));
  if (split.field) return {};
  TRY_ASSIGN(auto old, Decode<DraftRow>(row.value + FieldWriter().Text(15, Digest{}).Take()));
  TRY_ASSIGN(const DraftRow raised, seals.Raise(std::move(old)));
  batch.Put(Table::kDraft, row.key, Encode(raised));
  return {};
}

Result<void> RaisePeople(RocksTables& tables, RaiseSeals& seals) {
  TRY(EachRow(tables, Table::kPerson, [&](const Row& row, RocksTables::Batch& batch) -> Result<void> {
    TRY_ASSIGN(const auto old, OldPerson(row.value));
    if (!old) return {};
    TRY_ASSIGN(const PersonRow raised, seals.Raise(*old));
    batch.Put(Table::kPerson, row.key, Encode(raised));
    return {};
  }));
  TRY(EachRow(tables, Table::kEmployment, [&](const Row& row, RocksTables::Batch& batch) -> Result<void> {
    TRY_ASSIGN(const auto old, OldEmployment(row.value));
    TRY_ASSIGN(const EmploymentRow raised, seals.Raise(old));
    batch.Put(Table::kEmployee, key::Employee(raised.organisation, raised.number), Encode(raised));
    batch.Put(Table::kEmployeeOf, key::EmployeeOf(raised), "");
    batch.Delete(Table::kEmployment, row.key);
    return {};
  }));
  return EachRow(tables, Table::kEmployed, [](const Row& row, RocksTables::Batch& batch) -> Result<void> {
    batch.Delete(Table::kEmployed, row.key);
    return {};
  });
}

Result<void> RaiseRecords(RocksTables& tables, RaiseSeals& seals) {
  TRY(EachRow(tables, Table::kCredential,
              [&](const Row& row, RocksTables::Batch& batch) { return RaiseCredential(row, seals, batch); }));
  return EachRow(tables, Table::kStandingRecord, [&](const Row& row, RocksTables::Batch& batch) -> Result<void> {
    TRY_ASSIGN(const auto old, Decode<StandingRecordRow>(row.value));
    TRY_ASSIGN(const StandingRecordRow raised, seals.Raise(old));
    batch.Delete(Table::kStandingRecord, row.key);
    batch.Put(Table::kStandingRecord,
              key::StandingRecord(raised.organisation, raised.person, raised.kind, raised.identity), Encode(raised));
    return {};
  });
}

// Rows whose form did not change, with something in them that was sealed by the key store.
template <class R, class SealedOf>
Result<void> RaiseSealed(RocksTables& tables, Table table, RaiseSeals& seals, const SealedOf& sealed_of) {
  return EachRow(tables, table, [&](const Row& row, RocksTables::Batch& batch) -> Result<void> {
    TRY_ASSIGN(auto old, Decode<R>(row.value));
    if (!IsOld(sealed_of(old))) return {};
    TRY_ASSIGN(const R raised, seals.Raise(std::move(old)));
    batch.Put(table, row.key, Encode(raised));
    return {};
  });
}

// Answers to enrolments hold a passport code, and digests an employee number can be found from: they are forgotten. Who
// asks again within the minutes of the change hears that the number is taken.
Result<void> ForgetEnrolments(RocksTables& tables) {
  return EachRow(tables, Table::kAnswer, [](const Row& row, RocksTables::Batch& batch) -> Result<void> {
    TRY_ASSIGN(const auto answer, Decode<AnswerRow>(row.value));
    if (IsOld(answer.answer)) batch.Delete(Table::kAnswer, row.key);
    return {};
  });
}

}  // namespace

Result<void> RaiseRows(RocksTables& tables, RaiseSeals& seals) {
  TRY(RaisePeople(tables, seals));
  TRY(RaiseRecords(tables, seals));
  TRY(EachRow(tables, Table::kDraft,
              [&](const Row& row, RocksTables::Batch& batch) { return RaiseDraft(row, seals, batch); }));
  TRY(RaiseSealed<ImportRow>(tables, Table::kImport, seals, [](const ImportRow& row) { return row.sealed_checker; }));
  TRY(RaiseSealed<RelianceRow>(tables, Table::kReliance, seals,
                               [](const RelianceRow& row) { return row.entry.sealed_receipt; }));
  TRY(RaiseSealed<OverrideRow>(tables, Table::kOverride, seals,
                               [](const OverrideRow& row) { return row.sealed_words; }));
  TRY(ForgetEnrolments(tables));
  constexpr std::array kAsTheyWere = {Table::kPerson,         Table::kEmployment, Table::kEmployed, Table::kCredential,
                                      Table::kStandingRecord, Table::kAnswer,     Table::kDraft,    Table::kImport,
                                      Table::kReliance,       Table::kOverride};
  return tables.ForgetDeleted(kAsTheyWere);
}

}  // namespace passport
