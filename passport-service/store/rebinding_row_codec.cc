// The rows of passports that are bound to another key, and of what people say of their records.
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {

std::string Encode(const RebindingRow& row) {
  FieldWriter out(RowKind::kRebinding);
  out.Text(1, row.person.text()).Text(2, row.id).Number(3, static_cast<std::uint64_t>(row.state));
  out.Number(4, static_cast<std::uint64_t>(row.reason)).Text(5, row.request).Time(6, row.at);
  out.Number(7, row.end_shares ? 1 : 0).Text(8, row.old_key).Text(9, row.new_key);
  if (row.old_code) out.Text(10, *row.old_code);
  if (row.undo_until) out.Time(11, *row.undo_until);
  out.Text(12, row.sealed).Number(13, row.signed_again);
  for (const CredentialId& left : row.left_behind) out.Text(14, left.text());
  out.Number(15, row.revision);
  if (row.undo_spent) out.Number(16, 1);
  if (!row.invitation.empty()) out.Text(17, row.invitation);
  return out.Take();
}

template <>
Result<RebindingRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kRebinding);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(1));
  std::string id = in.Copy(2);
  RebindingRow row{.person = std::move(person),
                   .id = std::move(id),
                   .state = in.Choice(3, RebindingState::kDone),
                   .reason = in.Choice(4, RebindingReason::kUndone),
                   .request = in.Copy(5),
                   .at = in.Time(6),
                   .end_shares = in.Number(7, 1) == 1,
                   .old_key = in.Copy(8),
                   .new_key = in.Copy(9),
                   .old_code = {},
                   .undo_until = {},
                   .sealed = {},
                   .signed_again = 0,
                   .left_behind = {},
                   .revision = 0};
  if (in.Has(10)) row.old_code = in.Hash(10);
  if (in.Has(11)) row.undo_until = in.Time(11);
  row.sealed = in.Copy(12);
  row.signed_again = in.Number(13);
  while (in.Has(14)) {
    TRY_ASSIGN(auto left, in.Parsed<CredentialId>(14));
    row.left_behind.push_back(std::move(left));
  }
  row.revision = in.Number(15);
  row.undo_spent = in.Has(16);
  if (row.undo_spent && in.Number(16, 1) != 1) in.Fail(16);
  if (in.Has(17)) {
    row.invitation = in.Copy(17);
    if (row.invitation.empty()) in.Fail(17);
  }
  TRY(in.End());
  return row;
}

std::string Encode(const DisputeRow& row) {
  FieldWriter out(RowKind::kDispute);
  out.Text(1, row.organisation.text()).Text(2, row.id).Text(3, row.person.text()).Text(4, row.credential.text());
  out.Text(5, row.kind).Number(6, static_cast<std::uint64_t>(row.state)).Text(7, row.sealed_words);
  out.Text(8, row.sealed_answer).Time(9, row.raised_at);
  if (row.settled_at) out.Time(10, *row.settled_at);
  out.Number(11, row.revision);
  return out.Take();
}

template <>
Result<DisputeRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kDispute);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  std::string id = in.Copy(2);
  TRY_ASSIGN(auto person, in.Parsed<PersonId>(3));
  TRY_ASSIGN(auto credential, in.Parsed<CredentialId>(4));
  DisputeRow row{.organisation = std::move(organisation),
                 .id = std::move(id),
                 .person = std::move(person),
                 .credential = std::move(credential),
                 .kind = in.Copy(5),
                 .state = in.Choice(6, DisputeState::kAccepted),
                 .sealed_words = in.Copy(7),
                 .sealed_answer = in.Copy(8),
                 .raised_at = in.Time(9),
                 .settled_at = {},
                 .revision = 0};
  if (in.Has(10)) row.settled_at = in.Time(10);
  row.revision = in.Number(11);
  TRY(in.End());
  return row;
}

}  // namespace passport
