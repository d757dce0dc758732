// The rows of shares.
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {
namespace {

std::string EncodeAsked(const AskedRow& asked) {
  FieldWriter out;
  out.Text(1, asked.kind).Text(2, asked.needs);
  for (const std::string& fact : asked.facts) out.Text(3, fact);
  return out.Take();
}

Result<AskedRow> DecodeAsked(std::string_view bytes) {
  FieldReader in(bytes);
  AskedRow asked{.kind = in.Copy(1), .facts = {}, .needs = in.Copy(2)};
  while (in.Has(3)) asked.facts.push_back(in.Copy(3));
  TRY(in.End());
  return asked;
}

// What was given, and what became of it.
void EncodeGiven(const ShareRow& row, FieldWriter& out) {
  if (row.person) out.Text(15, row.person->text());
  if (!row.subject.empty()) out.Text(16, row.subject);
  for (const CredentialId& each : row.credentials) out.Text(17, each.text());
  if (row.given_at) out.Time(18, *row.given_at);
  if (row.answer_only) out.Number(19, 1);
  if (!row.sealed.empty()) out.Text(20, row.sealed);
  if (!row.request.empty()) out.Text(21, row.request);
  if (row.ended_at) out.Time(22, *row.ended_at).Text(23, row.ended_by);
  if (row.due) out.Time(24, *row.due);
}

// A field that is not written when it is empty.
std::string CopyIfThere(FieldReader& in, std::uint8_t field) {
  if (!in.Has(field)) return {};
  std::string text = in.Copy(field);
  if (text.empty()) in.Fail(field);
  return text;
}

Result<void> DecodeGiven(FieldReader& in, ShareRow& row) {
  TRY_ASSIGN(row.person, in.ParsedIfThere<PersonId>(15));
  row.subject = CopyIfThere(in, 16);
  while (in.Has(17)) {
    TRY_ASSIGN(auto credential, in.Parsed<CredentialId>(17));
    row.credentials.push_back(std::move(credential));
  }
  if (in.Has(18)) row.given_at = in.Time(18);
  if (in.Has(19)) {
    row.answer_only = in.Number(19, 1) == 1;
    if (!row.answer_only) in.Fail(19);
  }
  row.sealed = CopyIfThere(in, 20);
  row.request = CopyIfThere(in, 21);
  if (in.Has(22)) {
    row.ended_at = in.Time(22);
    row.ended_by = in.Copy(23);
  }
  if (in.Has(24)) row.due = in.Time(24);
  return {};
}

}  // namespace

std::string Encode(const ShareRow& row) {
  FieldWriter out(RowKind::kShare);
  out.Text(1, row.id.text()).Text(2, row.receiver.text()).Number(3, static_cast<std::uint64_t>(row.state));
  out.Text(4, row.nonce).Text(5, row.purpose).Text(6, row.profile);
  out.Text(7, row.day.Text());
  for (const AskedRow& each : row.asked) out.Text(8, EncodeAsked(each));
  out.Number(9, static_cast<std::uint64_t>(row.engagement));
  if (row.keep_through) out.Text(10, row.keep_through->Text());
  if (row.answer_enough) out.Number(11, 1);
  out.Time(12, row.asked_at).Time(13, row.answer_by).Number(14, row.wrong_codes);
  EncodeGiven(row, out);
  out.Number(25, row.revision);
  if (row.answer_digest) out.Text(26, *row.answer_digest);
  if (row.looked_at) out.Time(27, *row.looked_at);
  return out.Take();
}

template <>
Result<ShareRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kShare);
  TRY_ASSIGN(auto id, in.Parsed<ShareId>(1));
  TRY_ASSIGN(auto receiver, in.Parsed<OrganisationId>(2));
  const auto state = in.Choice(3, ShareState::kLapsed);
  std::string nonce = in.Copy(4);
  std::string purpose = in.Copy(5);
  std::string profile = in.Copy(6);
  TRY_ASSIGN(const CivilDay day, in.Parsed<CivilDay>(7));
  ShareRow row{.id = std::move(id),
               .receiver = std::move(receiver),
               .state = state,
               .nonce = std::move(nonce),
               .purpose = std::move(purpose),
               .profile = std::move(profile),
               .day = day};
  while (in.Has(8)) {
    TRY_ASSIGN(auto asked, DecodeAsked(in.Text(8)));
    row.asked.push_back(std::move(asked));
  }
  row.engagement = in.Choice(9, Engagement::kEmployment);
  TRY_ASSIGN(row.keep_through, in.ParsedIfThere<CivilDay>(10));
  if (in.Has(11)) {
    row.answer_enough = in.Number(11, 1) == 1;
    if (!row.answer_enough) in.Fail(11);
  }
  row.asked_at = in.Time(12);
  row.answer_by = in.Time(13);
  row.wrong_codes = in.U32(14);
  TRY(DecodeGiven(in, row));
  row.revision = in.Number(25);
  if (in.Has(26)) row.answer_digest = in.Hash(26);
  if (in.Has(27)) row.looked_at = in.Time(27);
  TRY(in.End());
  return row;
}

std::string Encode(const ShareNoticeRow& row) {
  return FieldWriter(RowKind::kShareNotice)
      .Text(1, row.receiver.text())
      .Number(2, row.sequence)
      .Text(3, row.share.text())
      .Time(4, row.at)
      .Take();
}

template <>
Result<ShareNoticeRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kShareNotice);
  TRY_ASSIGN(auto receiver, in.Parsed<OrganisationId>(1));
  const std::uint64_t sequence = in.Number(2);
  TRY_ASSIGN(auto share, in.Parsed<ShareId>(3));
  ShareNoticeRow row{
      .receiver = std::move(receiver), .sequence = sequence, .share = std::move(share), .at = in.Time(4)};
  TRY(in.End());
  return row;
}

std::string Encode(const ShareLookRow& row) {
  return FieldWriter(RowKind::kShareLook)
      .Text(1, row.share.text())
      .Number(2, row.sequence)
      .Time(3, row.at)
      .Text(4, row.outcome)
      .Take();
}

template <>
Result<ShareLookRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kShareLook);
  TRY_ASSIGN(auto share, in.Parsed<ShareId>(1));
  const std::uint64_t sequence = in.Number(2);
  const Instant at = in.Time(3);
  ShareLookRow row{.share = std::move(share), .sequence = sequence, .at = at, .outcome = in.Copy(4)};
  TRY(in.End());
  return row;
}

}  // namespace passport
