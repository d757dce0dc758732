#include "passport-service/store/row_codec.h"

#include "passport-service/store/field_codec.h"

namespace passport {
namespace {

std::string EncodeNested(const Slot& slot) {
  return FieldWriter().Text(1, slot.organisation.text()).Number(2, slot.list).Number(3, slot.index).Take();
}

Result<Slot> DecodeSlot(std::string_view bytes) {
  FieldReader in(bytes);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  Slot slot{.organisation = std::move(organisation), .list = in.U32(2), .index = in.U32(3)};
  TRY(in.End());
  return slot;
}

}  // namespace

// Fields 3 and 4 held the halves of the holder key by schema 2.
std::string Encode(const PersonRow& row) {
  return FieldWriter(RowKind::kPerson)
      .Text(1, row.id.text())
      .Text(2, row.passport_code_hash)
      .Time(5, row.enrolled_at)
      .Text(6, row.sealed_holder)
      .Take();
}

template <>
Result<PersonRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kPerson);
  TRY_ASSIGN(auto id, in.Parsed<PersonId>(1));
  PersonRow row{
      .id = std::move(id), .passport_code_hash = in.Hash(2), .enrolled_at = in.Time(5), .sealed_holder = in.Copy(6)};
  TRY(in.End());
  return row;
}

std::string Encode(const EmploymentRow& row) {
  FieldWriter out(RowKind::kEmployment);
  out.Text(1, row.organisation.text()).Text(2, row.number).Text(3, row.person.text()).Text(4, row.sealed_number);
  if (row.left_at) out.Time(5, *row.left_at).Text(6, row.sealed_leaving);
  return out.Take();
}

template <>
Result<EmploymentRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kEmployment);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  const Digest number = in.Hash(2);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(3));
  EmploymentRow row{std::move(organisation), number, std::move(person), in.Copy(4)};
  if (in.Has(5)) {
    row.left_at = in.Time(5);
    row.sealed_leaving = in.Copy(6);
  }
  TRY(in.End());
  return row;
}

std::string Encode(const KeeperKeyRow& row) {
  return FieldWriter(RowKind::kKeeperKey).Text(1, row.keeper).Text(2, row.sealed).Take();
}

template <>
Result<KeeperKeyRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kKeeperKey);
  KeeperKeyRow row{.keeper = in.Copy(1), .sealed = in.Copy(2)};
  TRY(in.End());
  return row;
}

std::string Encode(const DataKeyRow& row) {
  return FieldWriter(RowKind::kDataKey)
      .Text(1, row.owner.keeper)
      .Text(2, row.owner.subject)
      .Text(3, row.id)
      .Text(4, row.wrapped)
      .Take();
}

template <>
Result<DataKeyRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kDataKey);
  DataOwner owner{.keeper = in.Copy(1), .subject = in.Copy(2)};
  DataKeyRow row{.owner = std::move(owner), .id = in.Copy(3), .wrapped = in.Copy(4)};
  TRY(in.End());
  return row;
}

std::string Encode(const StatusListRow& row) {
  FieldWriter out(RowKind::kStatusList);
  out.Text(1, row.organisation.text())
      .Number(2, row.number)
      .Text(3, row.uri)
      .Number(4, row.size)
      .Number(5, row.next)
      .Text(6, row.seed);
  if (row.retired_at) out.Time(7, *row.retired_at);
  return out.Take();
}

template <>
Result<StatusListRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kStatusList);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  StatusListRow row{.organisation = std::move(organisation),
                    .number = in.U32(2),
                    .uri = in.Copy(3),
                    .size = in.U32(4),
                    .next = in.U32(5),
                    .seed = in.Copy(6)};
  if (in.Has(7)) row.retired_at = in.Time(7);
  TRY(in.End());
  return row;
}

std::string Encode(const IntentRow& row) {
  return FieldWriter(RowKind::kIntent)
      .Text(1, row.organisation.text())
      .Text(2, row.request.text())
      .Text(3, row.request_digest)
      .Text(4, row.person.text())
      .Text(5, row.kind)
      .Text(6, EncodeNested(row.slot))
      .Time(7, row.at)
      .Take();
}

template <>
Result<IntentRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kIntent);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(auto request, in.Parsed<RequestId>(2));
  const Digest digest = in.Hash(3);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(4));
  std::string kind = in.Copy(5);
  TRY_ASSIGN(auto slot, DecodeSlot(in.Text(6)));
  const Instant at = in.Time(7);
  TRY(in.End());
  return IntentRow{std::move(organisation), std::move(request), digest, std::move(person),
                   std::move(kind),         std::move(slot),    at};
}

// Field 5 held the token in clear by schema 2.
std::string Encode(const CredentialRow& row) {
  FieldWriter out(RowKind::kCredential);
  out.Text(1, row.organisation.text()).Text(2, row.id.text()).Text(3, row.person.text()).Text(4, row.kind);
  out.Text(6, EncodeNested(row.slot)).Time(7, row.issued_at).Time(8, row.expires_at);
  out.Text(9, row.request.text()).Number(10, static_cast<std::uint64_t>(row.state)).Text(11, row.state_reason);
  out.Time(12, row.state_at);
  if (!row.kid.empty()) out.Text(13, row.kid);
  out.Text(14, row.sealed_token);
  return out.Take();
}

template <>
Result<CredentialRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kCredential);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(auto id, in.Parsed<CredentialId>(2));
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(3));
  std::string kind = in.Copy(4);
  TRY_ASSIGN(auto slot, DecodeSlot(in.Text(6)));
  const Instant issued_at = in.Time(7);
  const Instant expires_at = in.Time(8);
  TRY_ASSIGN(auto request, in.Parsed<RequestId>(9));
  CredentialRow row{.organisation = std::move(organisation),
                    .id = std::move(id),
                    .person = std::move(person),
                    .kind = std::move(kind),
                    .sealed_token = {},
                    .slot = std::move(slot),
                    .issued_at = issued_at,
                    .expires_at = expires_at,
                    .request = std::move(request),
                    .state = in.Choice(10, CredentialState::kRevoked),
                    .state_reason = in.Copy(11),
                    .state_at = in.Time(12)};
  if (in.Has(13)) {
    row.kid = in.Copy(13);
    if (row.kid.empty()) in.Fail(13);
  }
  row.sealed_token = in.Copy(14);
  TRY(in.End());
  return row;
}

std::string Encode(const AnswerRow& row) {
  return FieldWriter(RowKind::kAnswer)
      .Text(1, row.organisation.text())
      .Text(2, row.request.text())
      .Text(3, row.request_digest)
      .Text(4, row.answer)
      .Time(5, row.at)
      .Take();
}

template <>
Result<AnswerRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kAnswer);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(auto request, in.Parsed<RequestId>(2));
  AnswerRow row{.organisation = std::move(organisation),
                .request = std::move(request),
                .request_digest = in.Hash(3),
                .answer = in.Copy(4),
                .at = in.Time(5)};
  TRY(in.End());
  return row;
}

std::string Encode(const ChallengeRow& row) {
  return FieldWriter(RowKind::kChallenge)
      .Text(1, row.nonce)
      .Text(2, row.audience.text())
      .Time(3, row.expires_at)
      .Take();
}

template <>
Result<ChallengeRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kChallenge);
  std::string nonce = in.Copy(1);
  TRY_ASSIGN(auto audience, in.Parsed<OrganisationId>(2));
  ChallengeRow row{.nonce = std::move(nonce), .audience = std::move(audience), .expires_at = in.Time(3)};
  TRY(in.End());
  return row;
}

std::string Encode(const DocumentRow& row) {
  FieldWriter out(RowKind::kDocument);
  out.Text(1, row.name).Number(2, row.version).Text(3, row.text).Time(4, row.at);
  if (row.withdrawn_at) out.Time(5, *row.withdrawn_at);
  return out.Take();
}

template <>
Result<DocumentRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kDocument);
  DocumentRow row{
      .name = in.Copy(1), .version = in.Number(2), .text = in.Copy(3), .at = in.Time(4), .withdrawn_at = {}};
  if (in.Has(5)) row.withdrawn_at = in.Time(5);
  TRY(in.End());
  return row;
}

std::string Encode(const AuditRow& row) {
  FieldWriter out(RowKind::kAudit);
  out.Number(1, row.sequence)
      .Time(2, row.entry.at)
      .Text(3, row.entry.actor)
      .Text(4, row.entry.action)
      .Text(5, row.entry.object)
      .Text(6, row.entry.request)
      .Text(7, row.entry.outcome)
      .Text(8, row.previous)
      .Text(9, row.hash);
  if (row.actor_sequence == 0) return out.Take();  // of schema 1 or 2
  return out.Text(10, row.entry.system)
      .Text(11, row.entry.why)
      .Number(12, row.actor_sequence)
      .Text(13, row.actor_previous)
      .Take();
}

template <>
Result<AuditRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kAudit);
  AuditRow row{.sequence = in.Number(1), .entry = {}};
  row.entry = {.at = in.Time(2),
               .actor = in.Copy(3),
               .action = in.Copy(4),
               .object = in.Copy(5),
               .request = in.Copy(6),
               .outcome = in.Copy(7)};
  row.previous = in.Hash(8);
  row.hash = in.Hash(9);
  if (in.Has(10)) {
    row.entry.system = in.Copy(10);
    row.entry.why = in.Copy(11);
    row.actor_sequence = in.Number(12);
    row.actor_previous = in.Hash(13);
    if (row.actor_sequence == 0) in.Fail(12);
  }
  TRY(in.End());
  return row;
}

std::string Encode(const AuditLast& last) {
  return FieldWriter(RowKind::kAuditLast).Number(1, last.actor_sequence).Text(2, last.hash).Take();
}

template <>
Result<AuditLast> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kAuditLast);
  const AuditLast last{.actor_sequence = in.Number(1), .hash = in.Hash(2)};
  TRY(in.End());
  return last;
}

std::string Encode(const EventRow& row) {
  FieldWriter out(RowKind::kEvent);
  out.Number(1, row.sequence).Time(2, row.entry.at).Text(3, row.entry.type).Text(4, row.entry.object);
  if (row.entry.organisation) out.Text(5, row.entry.organisation->text());
  return out.Take();
}

template <>
Result<EventRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kEvent);
  EventRow row{.sequence = in.Number(1), .entry = {}};
  row.entry = {.at = in.Time(2), .type = in.Copy(3), .object = in.Copy(4)};
  TRY_ASSIGN(row.entry.organisation, in.ParsedIfThere<OrganisationId>(5));
  TRY(in.End());
  return row;
}

}  // namespace passport
