// The rows that files are taken in with.
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {

std::string Encode(const StandingRecordRow& row) {
  return FieldWriter(RowKind::kStandingRecord)
      .Text(1, row.organisation.text())
      .Text(2, row.person.text())
      .Text(3, row.kind)
      .Text(4, row.identity)
      .Text(5, row.content)
      .Text(6, row.credential.text())
      .Take();
}

template <>
Result<StandingRecordRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kStandingRecord);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(2));
  std::string kind = in.Copy(3);
  const Digest identity = in.Hash(4);
  const Digest content = in.Hash(5);
  TRY_ASSIGN(auto credential, in.Parsed<CredentialId>(6));
  TRY(in.End());
  return StandingRecordRow{std::move(organisation), std::move(person), std::move(kind), identity, content,
                           std::move(credential)};
}

std::string Encode(const MatchKeyRow& row) {
  return FieldWriter(RowKind::kMatchKey)
      .Text(1, row.organisation.text())
      .Number(2, static_cast<std::uint64_t>(row.kind))
      .Text(3, row.key)
      .Text(4, row.person.text())
      .Take();
}

template <>
Result<MatchKeyRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kMatchKey);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  const MatchKind kind = in.Choice(2, MatchKind::kBirthDate);
  const Digest key = in.Hash(3);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(4));
  TRY(in.End());
  return MatchKeyRow{std::move(organisation), kind, key, std::move(person)};
}

std::string Encode(const ImportRow& row) {
  FieldWriter out(RowKind::kImport);
  out.Text(1, row.organisation.text())
      .Text(2, row.import.text())
      .Text(3, row.source)
      .Number(4, static_cast<std::uint64_t>(row.mode))
      .Number(5, row.sequence)
      .Number(6, static_cast<std::uint64_t>(row.state))
      .Text(7, row.prepared_by)
      .Text(8, row.approved_by)
      .Text(9, row.sealed_checker)
      .Time(10, row.at)
      .Number(11, row.revision);
  if (row.drafts_revision != 1) out.Number(12, row.drafts_revision);
  return out.Take();
}

template <>
Result<ImportRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kImport);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(auto import, in.Parsed<RequestId>(2));
  ImportRow row{.organisation = std::move(organisation),
                .import = std::move(import),
                .source = in.Copy(3),
                .mode = in.Choice(4, ImportMode::kFull),
                .sequence = in.U32(5),
                .state = in.Choice(6, ImportState::kDropped),
                .prepared_by = in.Copy(7),
                .approved_by = in.Copy(8),
                .sealed_checker = in.Copy(9),
                .at = in.Time(10),
                .revision = in.Number(11),
                .drafts_revision = in.Has(12) ? in.Number(12) : 1};
  TRY(in.End());
  return row;
}

std::string Encode(const DraftRow& row) {
  FieldWriter out(RowKind::kDraft);
  out.Text(1, row.organisation.text()).Text(2, row.import.text()).Number(3, row.line).Number(4, row.part);
  out.Text(5, row.request.text()).Number(6, static_cast<std::uint64_t>(row.verdict));
  out.Number(7, static_cast<std::uint64_t>(row.state)).Text(8, row.kind);
  if (row.person) out.Text(9, row.person->text());
  out.Text(10, row.sealed_fields);
  if (row.supersedes) out.Text(11, row.supersedes->text());
  out.Text(12, row.reason).Text(13, row.detail);
  if (row.credential) out.Text(14, row.credential->text());
  out.Text(15, row.number);
  return out.Take();
}

template <>
Result<DraftRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kDraft);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(auto import, in.Parsed<RequestId>(2));
  const std::uint64_t line = in.Number(3);
  const std::uint32_t part = in.U32(4);
  TRY_ASSIGN(auto request, in.Parsed<RequestId>(5));
  DraftRow row{.organisation = std::move(organisation),
               .import = std::move(import),
               .line = line,
               .part = part,
               .request = std::move(request),
               .verdict = in.Choice(6, DraftVerdict::kPossibleMatch),
               .state = in.Choice(7, DraftState::kSkipped),
               .kind = in.Copy(8),
               .person = {},
               .sealed_fields = {},
               .supersedes = {},
               .reason = {},
               .detail = {},
               .credential = {}};
  TRY_ASSIGN(row.person, in.ParsedIfThere<PersonId>(9));
  row.sealed_fields = in.Copy(10);
  TRY_ASSIGN(row.supersedes, in.ParsedIfThere<CredentialId>(11));
  row.reason = in.Copy(12);
  row.detail = in.Copy(13);
  TRY_ASSIGN(row.credential, in.ParsedIfThere<CredentialId>(14));
  row.number = in.Hash(15);
  TRY(in.End());
  return row;
}

std::string Encode(const ImportSeriesRow& row) {
  return FieldWriter(RowKind::kImportSeries)
      .Text(1, row.organisation.text())
      .Text(2, row.source)
      .Number(3, row.sequence)
      .Text(4, row.import.text())
      .Take();
}

template <>
Result<ImportSeriesRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kImportSeries);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  std::string source = in.Copy(2);
  const std::uint32_t sequence = in.U32(3);
  TRY_ASSIGN(auto import, in.Parsed<RequestId>(4));
  TRY(in.End());
  return ImportSeriesRow{std::move(organisation), std::move(source), sequence, std::move(import)};
}

}  // namespace passport
