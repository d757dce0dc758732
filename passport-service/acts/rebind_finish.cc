// How RebindPassport signs again what was bound to the old key, and how a rebinding ends.
#include <algorithm>
#include <array>
#include <map>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

constexpr Seconds kAnswersKept{24 * 3600};
constexpr Seconds kReportsKept{30 * 24 * 3600};
constexpr std::size_t kRebindingsPage = 200;

// Worth another try; for any other reason the credential is left behind.
bool MayPass(Reason reason) {
  constexpr std::array kPassing = {Reason::kStoreUnavailable, Reason::kStoreFull, Reason::kOutcomeUnknown,
                                   Reason::kSigning, Reason::kStatusListFull};
  return std::find(kPassing.begin(), kPassing.end(), reason) != kPassing.end();
}

bool ReadsStill(PersonVault& vault, const CredentialRow& row) {
  const Result<std::optional<std::string>> token = OpenToken(vault, row);
  return token.ok() && token->has_value() && RecordOf(row.kind, **token).ok();
}

}  // namespace

Result<bool> IsBoundElsewhere(PersonVault& vault, const CredentialRow& row, const std::string& key, Instant now) {
  if (row.state == CredentialState::kRevoked || row.expires_at <= now) return false;
  TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault, row));
  if (!token) return false;  // erased by its issuer
  TRY_ASSIGN(const std::string bound, BoundKeyOf(*token));
  return bound != key;
}

// Each issuer signs its own. One that may not, or has no key to sign with, leaves its credentials behind.
Result<void> RebindPassport::SignAgain(const RebindingRow& row) {
  const Instant now = clock_.Now();
  const bool waits = row.reason == RebindingReason::kLost;
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllBoundTo(store_, row.person));
  std::map<OrganisationId, std::vector<IssueCredentials::Order>> by_issuer;
  Changes late;
  for (const CredentialRow& each : held) {
    TRY_ASSIGN(const bool elsewhere, IsBoundElsewhere(vault_, each, row.new_key, now));
    if (!elsewhere) continue;
    // Issued for the old key while it was being ended.
    if (each.state == CredentialState::kCurrent)
      AppendChanges(ChangeForRebinding(each, CredentialState::kSuspended, kPassportReplaced, now), late);
    if (!ReadsStill(vault_, each)) continue;
    TRY_ASSIGN(RequestId request, RebindingRequest(row, each.id));
    by_issuer[each.organisation].push_back(
        {.request = std::move(request),
         .employee_number = {},
         .kind = each.kind,
         .fields = {},
         .shown = {},
         .renews = each.id,
         .rebinds = waits ? IssueCredentials::Order::OldOne::kWaits : IssueCredentials::Order::OldOne::kEnds});
  }
  if (!late.empty()) TRY(ApplyNow(store_, late));
  for (const auto& [issuer, orders] : by_issuer) {
    const Caller by{.organisation = issuer, .system = "", .roles = {}};
    for (std::size_t from = 0; from < orders.size(); from += IssueCredentials::kOrdersMax) {
      const std::span some =
          std::span(orders).subspan(from, std::min(IssueCredentials::kOrdersMax, orders.size() - from));
      // What two people approved once is signed again as it was: nothing new is said.
      const auto results = issue_(by, some, IssueCredentials::Approval::kTwoPeople);
      if (!results.ok() && MayPass(results.fault().reason)) return results.fault();
      if (!results.ok()) continue;
      for (const Result<IssueCredentials::Issued>& result : *results) {
        if (!result.ok() && MayPass(result.fault().reason)) return result.fault();
      }
    }
  }
  return {};
}

// Counts what was signed and names what was not. After a move that ends; after a loss it waits like the rest.
Result<Changes> RebindPassport::EndWhatIsLeft(RebindingRow& row) {
  const Instant now = clock_.Now();
  Changes changes;
  // Of what was taken back, what is good again counts already.
  if (row.reason != RebindingReason::kUndone) row.signed_again = 0;
  row.left_behind.clear();
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllBoundTo(store_, row.person));
  const std::string ours = "rebind-" + row.id.substr(0, 8) + "-";
  for (const CredentialRow& each : held) {
    if (each.request.text().starts_with(ours)) ++row.signed_again;
    TRY_ASSIGN(const bool elsewhere, IsBoundElsewhere(vault_, each, row.new_key, now));
    if (!elsewhere) continue;
    TRY_ASSIGN(const RequestId request, RebindingRequest(row, each.id));
    TRY_ASSIGN(const std::optional<AnswerRow> answer, store_.FindAnswer(each.organisation, request));
    if (!answer) row.left_behind.push_back(each.id);
    if (row.reason == RebindingReason::kLost) continue;
    TRY_ASSIGN(Changes steps_down, StepDown(store_, vault_, each));
    AppendChanges(std::move(steps_down), changes);
    AppendChanges(ChangeForRebinding(each, CredentialState::kRevoked, answer ? kSuperseded : kPassportReplaced, now),
                  changes);
  }
  return changes;
}

// What a person has said of a record goes with it.
Result<Changes> RebindPassport::MoveDisputes(const RebindingRow& row) {
  Changes changes;
  TRY_ASSIGN(std::vector<DisputeRow> disputes, store_.DisputesBy(row.person));
  for (DisputeRow& dispute : disputes) {
    TRY_ASSIGN(const RequestId request, RebindingRequest(row, dispute.credential));
    TRY_ASSIGN(const std::optional<AnswerRow> answer, store_.FindAnswer(dispute.organisation, request));
    if (!answer) continue;
    TRY_ASSIGN(dispute.credential, CredentialId::Parse(answer->answer));
    ++dispute.revision;
    changes.emplace_back(PutDispute{std::move(dispute)});
  }
  return changes;
}

Result<RebindPassport::Outcome> RebindPassport::FinishRow(RebindingRow row) {
  if (row.state != RebindingState::kSigning) return OutcomeOf(row);
  TRY(SignAgain(row));
  TRY_ASSIGN(Changes changes, EndWhatIsLeft(row));
  TRY_ASSIGN(Changes disputes, MoveDisputes(row));
  AppendChanges(std::move(disputes), changes);
  TRY(turn_shares_(row.person, row.end_shares));
  row.state = row.reason == RebindingReason::kLost ? RebindingState::kUndoable : RebindingState::kDone;
  ++row.revision;
  changes.emplace_back(PutRebinding{row});
  changes.emplace_back(AuditedOfService(clock_.Now(), {.what = "passport.signed_again", .object = row.person.text()}));
  TRY(ApplyNow(store_, changes));
  return OutcomeOf(row);
}

Result<RebindPassport::Outcome> RebindPassport::Finish(const PersonId& person) {
  const InHand in_hand(*this, {person});
  if (!in_hand.all()) return Fault{Reason::kOutcomeUnknown, "", "the passport is being bound to another key"};
  TRY_ASSIGN(const std::optional<RebindingRow> row, store_.FindRebinding(person));
  if (!row) return Fault{Reason::kNotFound, "", "the passport is not bound to another key"};
  return FinishRow(*row);
}

// The old key can not come back: what waited is revoked, and what was kept of the key is destroyed.
Result<void> RebindPassport::EndDay(const RebindingRow& row) {
  const Instant now = clock_.Now();
  const DataOwner kept = owner::Rebinding(row.person);
  Changes changes;
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllBoundTo(store_, row.person));
  for (const CredentialRow& each : held) {
    if (each.state == CredentialState::kRevoked) continue;
    bool waits = each.state == CredentialState::kSuspended && each.state_reason == kPassportReplaced;
    // Suspended by its issuer before the loss: it was signed again, suspended as it was.
    if (!waits && row.state == RebindingState::kUndoable) {
      TRY_ASSIGN(waits, IsBoundElsewhere(vault_, each, row.new_key, now));
    }
    if (!waits) continue;
    TRY_ASSIGN(Changes steps_down, StepDown(store_, vault_, each));
    AppendChanges(std::move(steps_down), changes);
    AppendChanges(ChangeForRebinding(each, CredentialState::kRevoked, "lost_passport", now), changes);
  }
  changes.emplace_back(DropDataKey{kept});
  changes.emplace_back(DropRebinding{row.person, row.revision});
  const std::string_view what = row.reason == RebindingReason::kLost ? "passport.loss_over" : "passport.rebinding_over";
  changes.emplace_back(AuditedOfService(now, {.what = what, .object = row.person.text()}));
  Result<void> ended = ApplyNow(store_, changes);
  vault_.Forget(std::span(&kept, 1));
  to_forget_ = true;
  return ended;
}

// The day is over before the new key came: what would have given the old one back is destroyed, the rest waits.
Result<void> RebindPassport::EndUndo(RebindingRow row) {
  const DataOwner kept = owner::Rebinding(row.person);
  row.sealed.clear();
  row.undo_until.reset();
  row.old_code.reset();
  ++row.revision;
  const PersonId person = row.person;
  Result<void> ended =
      ApplyNow(store_, {DropDataKey{kept}, PutRebinding{std::move(row)},
                        AuditedOfService(clock_.Now(), {.what = "passport.loss_over", .object = person.text()})});
  vault_.Forget(std::span(&kept, 1));
  to_forget_ = true;
  return ended;
}

// Whether the time of a row has come; what is to be done then is its state's.
Result<bool> RebindPassport::EndRow(const RebindingRow& row, Instant now) {
  // One that can not be taken back at all is asked for again for as long.
  const bool undo_over = row.undo_until.value_or(row.at + kAnswersKept) <= now;
  switch (row.state) {
    case RebindingState::kSigning: {
      const Result<Outcome> finished = FinishRow(row);
      if (!finished.ok()) return finished.fault();
      return true;
    }
    case RebindingState::kAwaitingKey:
      TRY(SettleWaiting(row));
      if (!row.undo_until || !undo_over) return false;
      TRY(EndUndo(row));
      return true;
    case RebindingState::kUndoable:
      if (!undo_over) return false;
      TRY(EndDay(row));
      return true;
    case RebindingState::kDone:
      if (now < row.at + kAnswersKept) return false;
      TRY(EndDay(row));
      return true;
    case RebindingState::kReported:
      if (now < row.at + kReportsKept) return false;
      TRY(EndDay(row));
      return true;
  }
  return false;
}

// What was listed may have gone on since: only what is still so is ended.
Result<bool> RebindPassport::EndListed(const RebindingRow& listed, Instant now) {
  const InHand in_hand(*this, {listed.person});
  if (!in_hand.all()) return false;
  TRY_ASSIGN(const std::optional<RebindingRow> row, store_.FindRebinding(listed.person));
  if (!row || row->id != listed.id || row->revision != listed.revision) return false;
  return EndRow(*row, now);
}

Result<std::size_t> RebindPassport::FinishAll() {
  const Instant now = clock_.Now();
  std::vector<RebindingRow> rows;
  std::string after;
  do {
    TRY_ASSIGN(Page<RebindingRow> page, store_.AllRebindings(after, kRebindingsPage));
    std::move(page.rows.begin(), page.rows.end(), std::back_inserter(rows));
    after = page.next;
  } while (!after.empty());
  std::size_t ended = 0;
  std::optional<Fault> first;
  for (const RebindingRow& listed : rows) {
    const Result<bool> over = EndListed(listed, now);
    if (over.ok() && *over) ++ended;
    if (!over.ok() && !first) first = over.fault();
  }
  if (first) return *first;
  return ended;
}

Result<bool> RebindPassport::ForgetWhatEnded() {
  if (!to_forget_.exchange(false)) return false;
  const Result<void> forgotten = store_.ForgetDeleted();
  if (!forgotten.ok()) to_forget_ = true;
  if (!forgotten.ok()) return forgotten.fault();
  return true;
}

}  // namespace passport
