// How a loss is taken back: the old key is good again and what waited for it, in one write. What was said meanwhile
// counts: what an issuer has revoked or suspended of the new credentials is so of the old ones, and what is new is
// signed again for the old key.
#include <map>
#include <set>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

// The state an old credential comes back in: its successor's.
struct ComesBack {
  CredentialState state = CredentialState::kCurrent;
  std::string why = "resolved";
};

ComesBack ComesBackAs(const CredentialRow* successor) {
  if (successor == nullptr || successor->state == CredentialState::kCurrent) return {};
  return {successor->state, successor->state_reason};
}

}  // namespace

// The fact of an old credential is told by that one again: its successor is over, what was said of the successor counts
// for it.
Result<Changes> RebindPassport::TakeBackOne(const RebindingRow& loss, const CredentialRow& old,
                                            const CredentialRow& successor) {
  const Instant now = clock_.Now();
  Changes changes;
  if (successor.state != CredentialState::kRevoked) {
    TRY_ASSIGN(changes, StepDown(store_, vault_, successor));
    const bool named = !changes.empty();
    AppendChanges(ChangeForRebinding(successor, CredentialState::kRevoked, kPassportReplaced, now), changes);
    std::optional<std::string> token;
    if (named) {
      TRY_ASSIGN(token, OpenToken(vault_, old));
    }
    if (token) {
      TRY_ASSIGN(const Record record, RecordOf(old.kind, *token));
      TRY_ASSIGN(const FactDigests fact, DigestFact(vault_, old.organisation, old.person, record));
      changes.emplace_back(PutStandingRecord{
          .row = {old.organisation, old.person, old.kind, fact.identity, fact.content, old.id}, .replaces = {}});
    }
  }
  TRY_ASSIGN(std::vector<DisputeRow> disputes, store_.DisputesBy(loss.person));
  for (DisputeRow& dispute : disputes) {
    if (dispute.credential != successor.id) continue;
    dispute.credential = old.id;
    ++dispute.revision;
    changes.emplace_back(PutDispute{std::move(dispute)});
  }
  return changes;
}

// With kWaitOn what would be good again waits as before: the passport was lost once more, and will be signed again from
// what was there in the beginning.
Result<Changes> RebindPassport::TakeBack(const RebindingRow& loss, OldOnes old_ones) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllBoundTo(store_, loss.person));
  std::map<CredentialId, const CredentialRow*> by_id;
  for (const CredentialRow& each : held) by_id.emplace(each.id, &each);
  Changes changes;
  std::set<CredentialId> taken_back;
  for (const CredentialRow& old : held) {
    if (old.state == CredentialState::kRevoked) continue;  // by its issuer, for good
    TRY_ASSIGN(const RequestId request, RebindingRequest(loss, old.id));
    TRY_ASSIGN(const std::optional<AnswerRow> answer, store_.FindAnswer(old.organisation, request));
    const CredentialRow* successor = nullptr;
    if (answer) {
      TRY_ASSIGN(const CredentialId id, CredentialId::Parse(answer->answer));
      const auto found = by_id.find(id);
      if (found != by_id.end()) successor = found->second;
    }
    const bool waits = old.state == CredentialState::kSuspended && old.state_reason == kPassportReplaced;
    if (!waits && successor == nullptr) continue;
    // Of a key between the old one and the good one. What came after it is signed again, so it is over.
    TRY_ASSIGN(const bool between, IsBoundElsewhere(vault_, old, loss.old_key, now));
    if (between && successor == nullptr) continue;
    if (between) {
      AppendChanges(ChangeForRebinding(old, CredentialState::kRevoked, kPassportReplaced, now), changes);
      continue;
    }
    ComesBack back = ComesBackAs(successor);
    if (back.state == CredentialState::kCurrent && old_ones == OldOnes::kWaitOn)
      back = {CredentialState::kSuspended, std::string(kPassportReplaced)};
    if (successor != nullptr) {
      taken_back.insert(successor->id);
      TRY_ASSIGN(Changes one, TakeBackOne(loss, old, *successor));
      AppendChanges(std::move(one), changes);
    }
    const bool stays = old.state == back.state && old.state_reason == back.why;
    if (!stays) AppendChanges(ChangeForRebinding(old, back.state, back.why, now), changes);
  }
  // Issued on the day: signed again for the key that is good then, good under none until then.
  for (const CredentialRow& each : held) {
    const bool good = each.state == CredentialState::kCurrent && each.expires_at > now;
    if (good && !taken_back.contains(each.id))
      AppendChanges(ChangeForRebinding(each, CredentialState::kSuspended, kPassportReplaced, now), changes);
  }
  return changes;
}

Result<RebindPassport::Outcome> RebindPassport::Undo(const RebindingRow& loss, const std::string& request,
                                                     Changes with) {
  const InHand in_hand(*this, {loss.person});
  if (!in_hand.all()) return Fault{Reason::kOutcomeUnknown, "", "the passport is being bound to another key"};
  const Fault over{Reason::kStateConflict, "", "the replacement can not be taken back any more"};
  TRY_ASSIGN(std::optional<RebindingRow> found, store_.FindRebinding(loss.person));
  if (found && found->reason == RebindingReason::kUndone && found->request == request) return FinishRow(*found);
  if (found && found->id == loss.id && found->state == RebindingState::kSigning) {
    TRY(FinishRow(*found));
    TRY_ASSIGN(found, store_.FindRebinding(loss.person));
  }
  if (!found || found->id != loss.id) return over;
  const RebindingRow row = std::move(*found);
  Turn turn{.now = clock_.Now(), .with = std::move(with)};
  const bool open = row.state == RebindingState::kUndoable || row.state == RebindingState::kAwaitingKey;
  if (!open || !row.undo_until || *row.undo_until <= turn.now || !row.old_code) return over;
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(row.person));
  if (!person) return Fault{Reason::kNotFound, "", "no such person"};
  TRY_ASSIGN(const RebindingSecrets secrets, OpenRebinding(vault_, row));
  if (!secrets.before) return over;
  TRY_ASSIGN(Changes back, TakeBack(row, OldOnes::kComeBack));
  std::uint64_t reinstated = 0;
  for (const Change& change : back) {
    const auto* state = std::get_if<ChangeCredentialState>(&change);
    if (state != nullptr && state->to == CredentialState::kCurrent) ++reinstated;
  }
  if (!row.new_key.empty()) turn.changes.emplace_back(EndHolderKey{row.new_key, turn.now, "undone"});
  turn.changes.emplace_back(ReviveHolderKey{row.old_key});
  AppendChanges(std::move(back), turn.changes);
  TRY(EndItsInvitation(row, turn));
  PersonRow of_before = *person;
  TRY(PutHolder(std::move(of_before), *secrets.before, *row.old_code, turn));
  const RebindingRow undone{.person = row.person,
                            .id = RandomToken(random_),
                            .state = RebindingState::kSigning,
                            .reason = RebindingReason::kUndone,
                            .request = request,
                            .at = turn.now,
                            .end_shares = false,
                            .old_key = row.new_key,
                            .new_key = row.old_key,
                            .old_code = {},
                            .undo_until = {},
                            .sealed = {},
                            .signed_again = reinstated,
                            .left_behind = {},
                            .revision = row.revision + 1,
                            .undo_spent = true};
  TRY(Write(turn, undone, {}));
  TRY_ASSIGN(const std::optional<RebindingRow> written, store_.FindRebinding(row.person));
  if (!written) return Fault{Reason::kStoreUnavailable, "", "a rebinding that was written is not there"};
  return FinishRow(*written);
}

}  // namespace passport
