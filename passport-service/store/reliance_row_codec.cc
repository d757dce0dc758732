// The rows of what somebody relied on.
#include <cassert>
#include <limits>
#include <utility>

#include "passport-service/store/field_codec.h"
#include "passport-service/store/row_codec.h"

namespace passport {
namespace {

constexpr std::uint64_t kProfileVersionMax = std::numeric_limits<int>::max();

}  // namespace

// Time, subject and digest of the receipt stand in the entry and in the link: they are written once.
std::string Encode(const RelianceRow& row) {
  const RelianceEntry& entry = row.entry;
  assert(entry.profile_version >= 0);
  FieldWriter out(RowKind::kReliance);
  out.Text(1, entry.organisation.text()).Time(2, entry.at).Text(3, entry.subject).Text(4, entry.purpose);
  out.Text(5, entry.profile).Number(6, static_cast<std::uint64_t>(entry.profile_version)).Text(7, entry.outcome);
  for (const auto& reason : entry.reasons) out.Text(8, reason);
  for (const auto& kind : entry.elsewhere) out.Text(9, kind);
  out.Text(10, entry.receipt_digest).Text(11, entry.sealed_receipt);
  out.Number(12, row.link.sequence).Text(13, row.link.previous).Number(14, row.link.subject_sequence);
  out.Text(15, row.link.subject_previous).Text(16, row.link.hash);
  if (!entry.share.empty()) out.Text(17, entry.share);
  return out.Take();
}

template <>
Result<RelianceRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kReliance);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  RelianceEntry entry{.organisation = std::move(organisation),
                      .at = in.Time(2),
                      .subject = in.Copy(3),
                      .purpose = in.Copy(4),
                      .profile = in.Copy(5),
                      .profile_version = static_cast<int>(in.Number(6, kProfileVersionMax)),
                      .outcome = in.Copy(7),
                      .reasons = {},
                      .elsewhere = {},
                      .sealed_receipt = {}};
  while (in.Has(8)) entry.reasons.push_back(in.Copy(8));
  while (in.Has(9)) entry.elsewhere.push_back(in.Copy(9));
  entry.receipt_digest = in.Hash(10);
  entry.sealed_receipt = in.Copy(11);
  RelianceLink link{.sequence = in.Number(12),
                    .previous = in.Hash(13),
                    .subject_sequence = in.Number(14),
                    .subject_previous = in.Hash(15),
                    .at = entry.at,
                    .subject = entry.subject,
                    .receipt_digest = entry.receipt_digest,
                    .hash = in.Hash(16)};
  if (in.Has(17)) {
    entry.share = in.Copy(17);
    if (entry.share.empty()) in.Fail(17);
  }
  TRY(in.End());
  return RelianceRow{std::move(entry), std::move(link)};
}

std::string Encode(const RelianceLink& link) {
  return FieldWriter(RowKind::kRelianceLink)
      .Number(1, link.sequence)
      .Text(2, link.previous)
      .Number(3, link.subject_sequence)
      .Text(4, link.subject_previous)
      .Time(5, link.at)
      .Text(6, link.subject)
      .Text(7, link.receipt_digest)
      .Text(8, link.hash)
      .Take();
}

template <>
Result<RelianceLink> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kRelianceLink);
  RelianceLink link{.sequence = in.Number(1),
                    .previous = in.Hash(2),
                    .subject_sequence = in.Number(3),
                    .subject_previous = in.Hash(4),
                    .at = in.Time(5),
                    .subject = in.Copy(6),
                    .receipt_digest = in.Hash(7),
                    .hash = in.Hash(8)};
  TRY(in.End());
  return link;
}

std::string Encode(const OverrideRow& row) {
  return FieldWriter(RowKind::kOverride)
      .Text(1, row.organisation.text())
      .Text(2, row.id.text())
      .Number(3, row.reliance)
      .Text(4, row.subject)
      .Text(5, row.profile)
      .Text(6, row.reason)
      .Text(7, row.sealed_words)
      .Text(8, row.by)
      .Time(9, row.from)
      .Time(10, row.until)
      .Take();
}

template <>
Result<OverrideRow> Decode(std::string_view bytes) {
  FieldReader in(bytes, RowKind::kOverride);
  TRY_ASSIGN(auto organisation, in.Parsed<OrganisationId>(1));
  TRY_ASSIGN(auto id, in.Parsed<RequestId>(2));
  OverrideRow row{.organisation = std::move(organisation),
                  .id = std::move(id),
                  .reliance = in.Number(3),
                  .subject = in.Copy(4),
                  .profile = in.Copy(5),
                  .reason = in.Copy(6),
                  .sealed_words = in.Copy(7),
                  .by = in.Copy(8),
                  .from = in.Time(9),
                  .until = in.Time(10)};
  TRY(in.End());
  return row;
}

}  // namespace passport
