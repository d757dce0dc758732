// The one write with which RebindPassport ends a key, and what it is put together of.
#include <algorithm>

#include "credential/crypto/jwk.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/invitation.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {

std::string_view WordOf(RebindingReason why) {
  switch (why) {
    case RebindingReason::kMoved:
      return "moved";
    case RebindingReason::kLost:
      return "lost";
    case RebindingReason::kJoined:
      return "joined";
    case RebindingReason::kUndone:
      return "undone";
  }
  return "";
}

Result<HolderKeyPair> RebindPassport::NewKey(const Order& order) const {
  if (order.key) return HolderKeyPair{.jwk = WriteJwk(*order.key), .sealed = {}};
  const std::string& context = order.person.text();
  TRY_ASSIGN(const SealedHolderKey made,
             keys_.MakeHolderKey({reinterpret_cast<const std::uint8_t*>(context.data()), context.size()}));
  return HolderKeyPair{.jwk = WriteJwk(made.point), .sealed = {made.sealed.begin(), made.sealed.end()}};
}

// Also of a person of before the row was kept.
Result<void> RebindPassport::EndOldKey(const PersonRow& person, const std::string& thumbprint, std::string_view why,
                                       Turn& turn) {
  TRY_ASSIGN(const std::optional<HolderKeyRow> known, store_.FindHolderKey(thumbprint));
  if (known && known->until) return {};
  if (known) {
    turn.changes.emplace_back(EndHolderKey{thumbprint, turn.now, std::string(why)});
  } else {
    turn.changes.emplace_back(AddHolderKey{{.thumbprint = thumbprint,
                                            .person = person.id,
                                            .held_as = HeldAs::kKept,
                                            .from = person.enrolled_at,
                                            .until = turn.now,
                                            .end_reason = std::string(why)}});
  }
  return {};
}

Result<void> RebindPassport::SuspendHeld(const PersonId& person, Changes& changes) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllBoundTo(store_, person));
  for (const CredentialRow& row : held) {
    if (row.state != CredentialState::kCurrent || row.expires_at <= now) continue;
    for (Change& change : ChangeForRebinding(row, CredentialState::kSuspended, kPassportReplaced, now))
      changes.push_back(std::move(change));
  }
  return {};
}

// The data key goes with the key it sealed, in every copy.
Result<void> RebindPassport::PutHolder(PersonRow person, const HolderKeyPair& keys, const Digest& code, Turn& turn) {
  const DataOwner holder = owner::Holder(person.id);
  TRY_ASSIGN(PersonVault::Fresh fresh, SealHolder(vault_, person.id, keys));
  turn.changes.emplace_back(ExpectPassport{person.id, person.passport_code_hash});
  turn.changes.emplace_back(DropDataKey{holder});
  turn.changes.emplace_back(std::move(fresh.key));
  person.passport_code_hash = code;
  person.sealed_holder = std::move(fresh.sealed);
  turn.changes.emplace_back(ReplacePerson{std::move(person)});
  turn.owners.push_back(holder);
  return {};
}

// Replaced once more: what can be taken back is what was there in the beginning, until the day of the first one is
// over.
Result<void> RebindPassport::CarryOver(const RebindingRow& before, RebindingRow& row, RebindingSecrets& secrets) {
  row.old_key = before.old_key;
  row.old_code = before.old_code;
  row.undo_until = before.undo_until;
  secrets.before.reset();
  if (!before.sealed.empty()) {
    const Result<RebindingSecrets> kept = OpenRebinding(vault_, before);
    if (!kept.ok() && kept.fault().reason != Reason::kNotFound) return kept.fault();
    if (kept.ok()) secrets.before = kept->before;
  }
  if (secrets.before) return {};
  // Its time is over, or an older backup was put back, which has no key for it.
  row.old_code.reset();
  row.undo_until.reset();
  return {};
}

// Nobody needs the invitation of a loss that does not wait any more, unless whoever asked has ended it already.
Result<void> RebindPassport::EndItsInvitation(const RebindingRow& row, Turn& turn) {
  if (row.invitation.empty()) return {};
  TRY_ASSIGN(const std::optional<InvitationRow> invitation, store_.FindInvitation(row.invitation));
  if (!invitation || invitation->state != InvitationState::kOpen) return {};
  const bool ended = std::any_of(turn.with.begin(), turn.with.end(), [&](const Change& change) {
    const auto* const replaced = std::get_if<ReplaceInvitation>(&change);
    const auto* const dropped = std::get_if<DropInvitation>(&change);
    return (replaced != nullptr && replaced->row.id == row.invitation) ||
           (dropped != nullptr && dropped->id == row.invitation);
  });
  if (ended) return {};
  AppendChanges(EndInvitation(*invitation, InvitationState::kDead), turn.changes);
  turn.owners.push_back(owner::Invitation(invitation->organisation, invitation->id));
  return {};
}

// The row of a rebinding that begins, and what would take it back.
Result<RebindingRow> RebindPassport::Begin(const Order& order, const PersonRow& person, const HolderKeyPair& old_keys,
                                           Turn& turn, RebindingSecrets& secrets) {
  TRY_ASSIGN(const std::optional<RebindingRow> before, store_.FindRebinding(order.person));
  const bool lost = order.why == RebindingReason::kLost;
  const bool final = lost && before && before->undo_spent;
  RebindingRow row{.person = order.person,
                   .id = order.id.empty() ? RandomToken(random_) : order.id,
                   .state = RebindingState::kSigning,
                   .reason = order.why,
                   .request = order.request,
                   .at = turn.now,
                   .end_shares = order.end_shares,
                   .old_key = {},
                   .new_key = {},
                   .old_code = final ? std::nullopt : std::optional(person.passport_code_hash),
                   .undo_until = lost && !final ? std::optional(turn.now + kUndoTime) : std::nullopt,
                   .sealed = {},
                   .signed_again = 0,
                   .left_behind = {},
                   .revision = before ? before->revision + 1 : 1,
                   .undo_spent = before && before->undo_spent};
  TRY_ASSIGN(row.old_key, ThumbprintOf(old_keys));
  if (lost && !final) secrets.before = old_keys;
  TRY(EndOldKey(person, row.old_key, WordOf(order.why), turn));
  const bool waited = before && before->state == RebindingState::kAwaitingKey;
  const bool in_day = before && before->state == RebindingState::kUndoable;
  if (waited || in_day) TRY(CarryOver(*before, row, secrets));
  if (waited) TRY(EndItsInvitation(*before, turn));
  if (in_day) {
    TRY_ASSIGN(Changes back, TakeBack(*before, OldOnes::kWaitOn));
    AppendChanges(std::move(back), turn.changes);
  } else {
    TRY(SuspendHeld(order.person, turn.changes));
  }
  return row;
}

// Everything of a turn in one write, with the row that says what is left to be done.
Result<void> RebindPassport::Write(Turn& turn, const RebindingRow& row, const RebindingSecrets& secrets) {
  const DataOwner rebinding = owner::Rebinding(row.person);
  TRY_ASSIGN(PersonVault::Fresh fresh, SealRebinding(vault_, row.person, secrets));
  turn.changes.emplace_back(DropDataKey{rebinding});
  turn.changes.emplace_back(std::move(fresh.key));
  RebindingRow sealed = row;
  sealed.sealed = std::move(fresh.sealed);
  turn.changes.emplace_back(PutRebinding{std::move(sealed)});
  turn.changes.emplace_back(AuditedOfService(
      turn.now, {.what = "passport.rebound", .object = row.person.text(), .why = std::string(WordOf(row.reason))}));
  turn.changes.emplace_back(AppendEvent{{turn.now, "passport.rebound", row.person.text()}});
  for (Change& change : turn.with) turn.changes.push_back(std::move(change));
  turn.owners.push_back(rebinding);
  const Result<void> written = ApplyNow(store_, turn.changes);
  vault_.Forget(turn.owners);  // also when it is not known whether they went
  to_forget_ = true;
  if (written.ok()) return {};
  // What became of it stands in the row: nobody else has this id and revision.
  if (written.fault().reason != Reason::kOutcomeUnknown) return written.fault();
  TRY_ASSIGN(const std::optional<RebindingRow> kept, store_.FindRebinding(row.person));
  if (kept && kept->id == row.id && kept->revision == row.revision && kept->state == row.state) return {};
  return written.fault();
}

}  // namespace passport
