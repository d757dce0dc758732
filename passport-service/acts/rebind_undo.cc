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

Result<Changes> RebindPassport::TakeBack(const RebindingRow& loss) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllBoundTo(store_, loss.person));
  std::map<CredentialId, const CredentialRow*> by_id;
  for (const CredentialRow& each : held) by_id.emplace(each.id, &each);
  TRY_ASSIGN(std::vector<DisputeRow> disputes, store_.DisputesBy(loss.person));
  Changes changes;
  std::set<CredentialId> taken_back;
  for (const CredentialRow& old : held) {
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
    const ComesBack back = ComesBackAs(successor);
    if (successor != nullptr) taken_back.insert(successor->id);
    const bool stands = successor != nullptr && successor->state != CredentialState::kRevoked;
    if (stands) {
      TRY_ASSIGN(Changes steps_down, StepDown(store_, vault_, *successor));
      const bool named = !steps_down.empty();
      AppendChanges(std::move(steps_down), changes);
      AppendChanges(ChangeForRebinding(*successor, CredentialState::kRevoked, kPassportReplaced, now), changes);
      if (named) {
        TRY_ASSIGN(const std::optional<std::string> token, OpenToken(vault_, old));
        if (token) {
          TRY_ASSIGN(const Record record, RecordOf(old.kind, *token));
          TRY_ASSIGN(const FactDigests fact, DigestFact(vault_, old.organisation, old.person, record));
          changes.emplace_back(PutStandingRecord{
              .row = {old.organisation, old.person, old.kind, fact.identity, fact.content, old.id}, .replaces = {}});
        }
      }
    }
    if (waits || old.state != back.state) AppendChanges(ChangeForRebinding(old, back.state, back.why, now), changes);
    for (DisputeRow& dispute : disputes) {
      if (successor == nullptr || dispute.credential != successor->id) continue;
      dispute.credential = old.id;
      ++dispute.revision;
      changes.emplace_back(PutDispute{dispute});
    }
  }
  // Issued on the day: signed again for the old key, good under neither until then.
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
  RebindingRow row = loss;
  if (row.state == RebindingState::kSigning) {
    TRY(FinishRow(row));
    TRY_ASSIGN(const std::optional<RebindingRow> finished, store_.FindRebinding(loss.person));
    if (finished) row = *finished;
  }
  Turn turn{.now = clock_.Now(), .with = std::move(with)};
  const bool open = row.state == RebindingState::kUndoable || row.state == RebindingState::kAwaitingKey;
  if (!open || !row.undo_until || *row.undo_until <= turn.now || !row.old_code) {
    return Fault{Reason::kStateConflict, "", "the replacement can not be taken back any more"};
  }
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(row.person));
  if (!person) return Fault{Reason::kNotFound, "", "no such person"};
  TRY_ASSIGN(const RebindingSecrets secrets, OpenRebinding(vault_, row));
  if (!secrets.before) return Fault{Reason::kStateConflict, "", "the replacement can not be taken back any more"};
  TRY_ASSIGN(Changes back, TakeBack(row));
  std::uint64_t reinstated = 0;
  for (const Change& change : back) {
    const auto* state = std::get_if<ChangeCredentialState>(&change);
    if (state != nullptr && state->to == CredentialState::kCurrent) ++reinstated;
  }
  if (!row.new_key.empty()) turn.changes.emplace_back(EndHolderKey{row.new_key, turn.now, "undone"});
  turn.changes.emplace_back(ReviveHolderKey{row.old_key});
  AppendChanges(std::move(back), turn.changes);
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
                            .revision = row.revision + 1};
  TRY(Write(turn, undone, {}));
  TRY_ASSIGN(const std::optional<RebindingRow> written, store_.FindRebinding(row.person));
  if (!written) return Fault{Reason::kStoreUnavailable, "", "a rebinding that was written is not there"};
  return FinishRow(*written);
}

}  // namespace passport
