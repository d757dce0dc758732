// The rows of how people hold their passports.
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {

std::string Encode(const HolderKeyRow& row) {
  FieldWriter out(RowKind::kHolderKey);
  out.Text(1, row.thumbprint).Text(2, row.person.text()).Number(3, static_cast<std::uint64_t>(row.held_as));
  out.Time(4, row.from);
  if (row.until) out.Time(5, *row.until).Text(6, row.end_reason);
  return out.Take();
}

template <>
Result<HolderKeyRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kHolderKey);
  std::string thumbprint = in.Copy(1);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(2));
  HolderKeyRow row{.thumbprint = std::move(thumbprint),
                   .person = std::move(person),
                   .held_as = in.Choice(3, HeldAs::kWallet),
                   .from = in.Time(4),
                   .until = {},
                   .end_reason = {}};
  if (in.Has(5)) {
    row.until = in.Time(5);
    row.end_reason = in.Copy(6);
  }
  TRY(in.End());
  return row;
}

std::string Encode(const UnlockRow& row) {
  FieldWriter out(RowKind::kUnlock);
  out.Text(1, row.code).Text(2, row.person.text()).Text(3, row.organisation.text()).Time(4, row.expires_at);
  return out.Take();
}

template <>
Result<UnlockRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kUnlock);
  const Digest code = in.Hash(1);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(2));
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(3));
  UnlockRow row{
      .code = code, .person = std::move(person), .organisation = std::move(organisation), .expires_at = in.Time(4)};
  TRY(in.End());
  return row;
}

std::string Encode(const InvitationRow& row) {
  FieldWriter out(RowKind::kInvitation);
  out.Text(1, row.id).Text(2, row.organisation.text()).Text(3, row.code).Text(4, row.number).Text(5, row.sealed);
  out.Time(6, row.at).Time(7, row.expires_at).Number(8, row.wrong_tries);
  out.Number(9, static_cast<std::uint64_t>(row.state)).Number(10, row.revision);
  if (row.replaces) out.Text(11, row.replaces->text());
  if (!row.rebinding.empty()) out.Text(12, row.rebinding);
  return out.Take();
}

template <>
Result<InvitationRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kInvitation);
  std::string id = in.Copy(1);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(2));
  InvitationRow row{.id = std::move(id),
                    .organisation = std::move(organisation),
                    .code = in.Hash(3),
                    .number = in.Hash(4),
                    .sealed = in.Copy(5),
                    .at = in.Time(6),
                    .expires_at = in.Time(7),
                    .wrong_tries = in.U32(8),
                    .state = in.Choice(9, InvitationState::kDead)};
  row.revision = in.Number(10);
  TRY_ASSIGN(row.replaces, in.ParsedIfThere<PersonId>(11));
  if (in.Has(12)) {
    row.rebinding = in.Copy(12);
    if (row.rebinding.empty()) in.Fail(12);
  }
  TRY(in.End());
  return row;
}

std::string Encode(const IdentityCheckRow& row) {
  return FieldWriter(RowKind::kIdentityCheck)
      .Text(1, row.organisation.text())
      .Text(2, row.number)
      .Time(3, row.at)
      .Text(4, row.id)
      .Text(5, row.sealed)
      .Take();
}

template <>
Result<IdentityCheckRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kIdentityCheck);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  IdentityCheckRow row{.organisation = std::move(organisation),
                       .number = in.Hash(2),
                       .at = in.Time(3),
                       .id = in.Copy(4),
                       .sealed = in.Copy(5)};
  TRY(in.End());
  return row;
}

}  // namespace passport
