#include "passport-service/acts/share_steps.h"

#include <algorithm>

#include "credential/crypto/jwk.h"
#include "credential/presentation/transaction.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

constexpr Seconds kShareProofAgeMax{300};
constexpr Seconds kShareLeeway{60};

std::string ShareContext(const ShareRow& row) { return "share " + row.id.text(); }

}  // namespace

std::vector<AskedRecord> AskedIn(const ShareRow& row) {
  std::vector<AskedRecord> asked;
  for (const AskedRow& each : row.asked) {
    const RecordKind* const kind = FindRecordKind(each.kind);
    if (kind != nullptr) asked.push_back({kind, each.facts, each.needs});
  }
  return asked;
}

Result<ShareView> ViewOf(Store& store, ShareRow row, std::string purpose_label) {
  TRY_ASSIGN(const std::optional<OrganisationRow> receiver, store.FindOrganisation(row.receiver));
  return ShareView{.row = std::move(row),
                   .receiver_name = receiver ? receiver->legal_name : "",
                   .purpose_label = std::move(purpose_label)};
}

std::string TransactionOf(const ShareRow& row) {
  const std::string keep_through = row.keep_through ? row.keep_through->Text() : "";
  return ShareTransaction(
      {.share = row.id.text(), .receiver = row.receiver.text(), .purpose = row.purpose, .keep_through = keep_through});
}

Result<VerifiedPresentation> VerifyForShare(const ShareRow& row, std::string_view text, const TrustSnapshot& snapshot,
                                            Instant now) {
  TRY_ASSIGN(const Presentation presentation, Presentation::Parse(text));
  const Expectation expected{
      .audience = row.receiver.text(), .nonce = row.nonce, .proof_age_max = kShareProofAgeMax, .leeway = kShareLeeway};
  TRY_ASSIGN(VerifiedPresentation verified, VerifyPresentation(presentation, expected, snapshot, now));
  if (verified.purpose() != row.purpose) return Fault{Reason::kClaims, "", "the proof names another purpose"};
  if (verified.transaction() != TransactionHash(TransactionOf(row)))
    return Fault{Reason::kClaims, "VP-13", "the proof does not agree to what was asked"};
  const std::vector<AskedRecord> asked = AskedIn(row);
  for (const PresentedRecord& each : verified.records()) {
    if (!IsAskedFor(each.record, asked)) return Fault{Reason::kClaims, "", "it shows more than was asked for"};
  }
  return verified;
}

Result<std::optional<std::string>> OpenShare(PersonVault& vault, const ShareRow& row) {
  return vault.Open(owner::Share(row.receiver, row.id), ShareContext(row), row.sealed);
}

// What is looked at once waits for its day, and for a day at the least.
Instant DueOf(const ShareRow& row, Instant given_at) {
  if (row.looked_at) return *row.looked_at + kLookAgainTime;
  if (row.keep_through) return row.keep_through->PlusDays(1).StartInLondon();
  return std::clamp(row.day.PlusDays(1).StartInLondon(), given_at + Seconds{86'400}, given_at + kLookOnceMax);
}

Result<Changes> GiveChanges(PersonVault& vault, ShareRow& row, const GivenShare& given, Instant now) {
  row.state = ShareState::kGiven;
  row.subject = given.presentation.holder();
  row.credentials.clear();
  for (const PresentedRecord& each : given.presentation.records()) row.credentials.push_back(each.credential);
  row.given_at = now;
  row.answer_only = given.answer_only;
  row.due = DueOf(row, now);
  ++row.revision;
  const DataOwner of = owner::Share(row.receiver, row.id);
  TRY_ASSIGN(PersonVault::Fresh fresh, vault.SealFresh(of, ShareContext(row), given.text));
  row.sealed = std::move(fresh.sealed);
  return Changes{DropDataKey{of}, std::move(fresh.key), ReplaceShare{row},
                 AppendShareNotice{row.receiver, row.id, now}};
}

Changes RenewingChanges(ShareRow& row, Instant now) {
  row.state = ShareState::kRenewing;
  ++row.revision;
  return {ReplaceShare{row}, AppendShareNotice{row.receiver, row.id, now}};
}

Changes EndChanges(ShareRow& row, ShareState state, std::string_view by, Instant now) {
  row.state = state;
  row.sealed.clear();
  row.due = now + (row.given_at ? kOverKept : kUngivenKept);
  row.looked_at.reset();
  row.ended_at = now;
  row.ended_by = by;
  ++row.revision;
  Changes changes = {ReplaceShare{row}, DropDataKey{owner::Share(row.receiver, row.id)}};
  if (by != "receiver") changes.emplace_back(AppendShareNotice{row.receiver, row.id, now});
  return changes;
}

Changes LapseChanges(ShareRow& row, Instant now) {
  const std::string_view what = row.state == ShareState::kAsked ? "share.unanswered" : "share.lapsed";
  Changes changes = EndChanges(row, ShareState::kLapsed, row.looked_at ? "receiver" : "day", now);
  changes.emplace_back(AuditedOfService(now, {.what = what, .object = row.id.text()}));
  return changes;
}

Changes EraseChanges(ShareRow& row, bool person_goes, Instant now) {
  const bool names = row.person.has_value();
  if (person_goes) row.person.reset();
  if (IsLive(row.state)) return EndChanges(row, ShareState::kEnded, "erasure", now);
  if (!person_goes || !names) return {};
  ++row.revision;
  return {ReplaceShare{row}};
}

Result<void> WriteShares(Store& store, PersonVault& vault, std::span<const ShareRow> rows, const Changes& changes) {
  Result<void> kept = ApplyNow(store, changes);
  std::vector<DataOwner> owners;
  owners.reserve(rows.size());
  for (const ShareRow& row : rows) owners.push_back(owner::Share(row.receiver, row.id));
  vault.Forget(owners);
  return kept;
}

Result<std::string> KeptThumbprint(PersonVault& vault, const PersonRow& person) {
  TRY_ASSIGN(const auto pair, OpenHolder(vault, person));
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(pair.jwk, json::kTokenLimits);
  if (!jwk.ok()) return Fault{Reason::kStoreUnavailable, "", "a stored holder key is damaged"};
  const Result<P256Point> point = ReadJwkPoint(**jwk);
  if (!point.ok()) return Fault{Reason::kStoreUnavailable, "", "a stored holder key is damaged"};
  return Thumbprint(*point);
}

Result<std::vector<std::string>> ThumbprintsOf(Store& store, PersonVault& vault, const PersonId& person) {
  std::vector<std::string> all;
  TRY_ASSIGN(const std::vector<HolderKeyRow> keys, store.HolderKeysOf(person));
  for (const HolderKeyRow& each : keys) all.push_back(each.thumbprint);
  TRY_ASSIGN(const std::optional<PersonRow> row, store.FindPerson(person));
  if (!row || row->sealed_holder.empty()) return all;
  Result<std::string> kept = KeptThumbprint(vault, *row);
  if (!kept.ok() && kept.fault().reason == Reason::kNotFound) return all;
  if (!kept.ok()) return kept.fault();
  if (std::find(all.begin(), all.end(), *kept) == all.end()) all.push_back(std::move(kept).value());
  return all;
}

}  // namespace passport
