#include "passport-service/acts/rebind_passport.h"

#include <algorithm>
#include <array>

#include "credential/badge/badge.h"
#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/bound_key.h"
#include "passport-service/acts/rebind_turn.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

constexpr std::size_t kRebindPage = 500;

std::string_view ActionFor(CredentialState to) {
  switch (to) {
    case CredentialState::kCurrent:
      return "credential.reinstated";
    case CredentialState::kSuspended:
      return "credential.suspended";
    case CredentialState::kRevoked:
      return "credential.revoked";
  }
  return "";
}

std::uint8_t EntryFor(CredentialState to) {
  switch (to) {
    case CredentialState::kCurrent:
      return 0;
    case CredentialState::kSuspended:
      return 2;
    case CredentialState::kRevoked:
      return 1;
  }
  return 1;
}

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

}  // namespace

RebindPassport::InHand::InHand(RebindPassport& act, const std::vector<PersonId>& people) : act_(act) {
  const std::lock_guard lock(act_.mutex_);
  for (const PersonId& person : people) {
    if (!act_.in_hand_.insert(person).second) continue;
    held_.push_back(person);
  }
  all_ = held_.size() == people.size();
}

RebindPassport::InHand::~InHand() {
  const std::lock_guard lock(act_.mutex_);
  for (const PersonId& person : held_) act_.in_hand_.erase(person);
}

std::string RandomToken(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.Fill(bytes);
  return EncodeBase64Url(bytes);
}

Result<RequestId> RebindingRequest(const RebindingRow& row, const CredentialId& credential) {
  const Digest digest = RequestDigest({"rebinding", row.id, credential.text()});
  return RequestId::Parse("rebind-" + row.id.substr(0, 8) + "-" + EncodeBase64Url(digest));
}

Result<std::vector<CredentialRow>> AllHeldBy(Store& store, const PersonId& person) {
  std::vector<CredentialRow> held;
  std::string after;
  do {
    TRY_ASSIGN(Page<CredentialRow> page, store.CredentialsHeldBy(person, after, kRebindPage));
    std::move(page.rows.begin(), page.rows.end(), std::back_inserter(held));
    after = page.next;
  } while (!after.empty());
  return held;
}

Result<std::vector<CredentialRow>> AllBoundTo(Store& store, const PersonId& person) {
  TRY_ASSIGN(std::vector<CredentialRow> held, AllHeldBy(store, person));
  std::erase_if(held, [](const CredentialRow& row) { return row.kind == kBadgeKind; });
  return held;
}

Changes ChangeForRebinding(const CredentialRow& row, CredentialState to, std::string_view why, Instant now) {
  const Caller issuer{.organisation = row.organisation, .system = "", .roles = {}};
  const std::string_view action = ActionFor(to);
  return {ChangeCredentialState{row.organisation, row.id, row.state, to, std::string(why), now},
          SetStatus{row.slot, EntryFor(to)},
          Audited(now, issuer, {.what = action, .object = row.id.text(), .why = std::string(why)}),
          AppendEvent{{now, std::string(action), row.id.text()}}};
}

// What was under way before comes to its end first.
Result<void> RebindPassport::SettleBefore(const PersonId& person, RebindingReason why) {
  TRY_ASSIGN(const std::optional<RebindingRow> row, store_.FindRebinding(person));
  if (!row) return {};
  RebindingState state = row->state;
  if (state == RebindingState::kSigning) {
    TRY(FinishRow(*row));
    TRY_ASSIGN(const std::optional<RebindingRow> finished, store_.FindRebinding(person));
    if (finished) state = finished->state;
  }
  const bool today = state == RebindingState::kUndoable || state == RebindingState::kAwaitingKey;
  if (today && why != RebindingReason::kLost) {
    return Fault{Reason::kStateConflict, "", "the passport was replaced today; take that back or wait until tomorrow"};
  }
  if (state != RebindingState::kUndoable) return {};
  // Lost once more: what could be taken back until now can not be any longer.
  TRY_ASSIGN(const std::optional<RebindingRow> undoable, store_.FindRebinding(person));
  TRY(EndDay(*undoable));
  return store_.ForgetDeleted();
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
  if (written.ok()) return {};
  // What became of it stands in the row: nobody else has this id and revision.
  if (written.fault().reason != Reason::kOutcomeUnknown) return written.fault();
  TRY_ASSIGN(const std::optional<RebindingRow> kept, store_.FindRebinding(row.person));
  if (kept && kept->id == row.id && kept->revision == row.revision && kept->state == row.state) return {};
  return written.fault();
}

// Nothing, of a passport that is lost, where what the service has of the key can not be opened: an older backup was put
// back, and the passport had been bound to another key since.
Result<std::optional<HolderKeyPair>> RebindPassport::OldKeys(const PersonRow& person, bool lost) {
  Result<HolderKeyPair> keys = OpenHolder(vault_, person);
  if (keys.ok()) return std::optional(std::move(keys).value());
  if (lost && keys.fault().reason == Reason::kNotFound) return std::optional<HolderKeyPair>();
  return keys.fault();
}

// Of what can not be opened, the key that is on record as good; empty where none is.
Result<std::string> RebindPassport::OldThumbprint(const PersonRow& person, const std::optional<HolderKeyPair>& keys) {
  if (keys) return ThumbprintOf(*keys);
  TRY_ASSIGN(const std::vector<HolderKeyRow> rows, store_.HolderKeysOf(person.id));
  const auto good = std::find_if(rows.begin(), rows.end(), [](const HolderKeyRow& row) { return !row.until; });
  return good == rows.end() ? std::string() : good->thumbprint;
}

Result<RebindPassport::Outcome> RebindPassport::operator()(const Order& order, Changes with) {
  const InHand in_hand(*this, {order.person});
  if (!in_hand.all()) return Fault{Reason::kOutcomeUnknown, "", "the passport is being bound to another key"};
  TRY(SettleBefore(order.person, order.why));
  Turn turn{.now = clock_.Now(), .with = std::move(with)};
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(order.person));
  if (!person) return Fault{Reason::kNotFound, "", "no such person"};
  const bool lost = order.why == RebindingReason::kLost;
  TRY_ASSIGN(const std::optional<HolderKeyPair> old_keys, OldKeys(*person, lost));
  TRY_ASSIGN(const std::string old_key, OldThumbprint(*person, old_keys));
  TRY_ASSIGN(const std::optional<RebindingRow> before, store_.FindRebinding(order.person));
  // Replaced once more before the new key came: what can be taken back is what was there in the beginning.
  const bool again = before && before->state == RebindingState::kAwaitingKey;
  RebindingRow row{.person = order.person,
                   .id = order.id.empty() ? RandomToken(random_) : order.id,
                   .state = RebindingState::kSigning,
                   .reason = order.why,
                   .request = order.request,
                   .at = turn.now,
                   .end_shares = order.end_shares,
                   .old_key = old_key,
                   .new_key = {},
                   .old_code = again ? before->old_code : person->passport_code_hash,
                   .undo_until = lost && old_keys ? std::optional(turn.now + kUndoTime) : std::nullopt,
                   .sealed = {},
                   .signed_again = 0,
                   .left_behind = {},
                   .revision = before ? before->revision + 1 : 1};
  RebindingSecrets secrets;
  if (lost) secrets.before = old_keys;
  if (again) {
    secrets.before.reset();
    row.undo_until = before->undo_until;
    if (!before->sealed.empty()) {
      TRY_ASSIGN(const RebindingSecrets kept, OpenRebinding(vault_, *before));
      secrets.before = kept.before;
    }
  }
  if (!old_key.empty()) TRY(EndOldKey(*person, old_key, WordOf(order.why), turn));
  const bool to_come = lost && order.held_as != HeldAs::kKept && !order.key;
  if (to_come && !old_keys) {
    return Fault{Reason::kStateConflict, "", "of this passport the service has no key any more; replace it as KEPT"};
  }
  std::string code = RandomToken(random_);
  if (to_come) {
    row.state = RebindingState::kAwaitingKey;
    // Nobody is told this code, and nobody has the key.
    TRY(PutHolder(*person, {.jwk = old_keys->jwk, .sealed = {}}, Sha256(code), turn));
  } else {
    TRY_ASSIGN(const HolderKeyPair new_keys, NewKey(order));
    TRY_ASSIGN(row.new_key, ThumbprintOf(new_keys));
    TRY(PutHolder(*person, new_keys, Sha256(code), turn));
    turn.changes.emplace_back(AddHolderKey{{row.new_key, order.person, order.held_as, turn.now, {}, {}}});
    secrets.passport_code = std::move(code);
  }
  TRY(SuspendHeld(order.person, turn.changes));
  TRY(Write(turn, row, secrets));
  if (to_come) {
    if (row.end_shares) TRY(turn_shares_(order.person, true));
    return Outcome{.id = row.id, .passport_code = {}, .undo_until = row.undo_until};
  }
  TRY_ASSIGN(const std::optional<RebindingRow> written, store_.FindRebinding(order.person));
  if (!written) return Fault{Reason::kStoreUnavailable, "", "a rebinding that was written is not there"};
  return FinishRow(*written);
}

Result<RebindPassport::Outcome> RebindPassport::BringKey(const PersonId& person, HeldAs held_as, const P256Point& key,
                                                         const With& with) {
  const InHand in_hand(*this, {person});
  if (!in_hand.all()) return Fault{Reason::kOutcomeUnknown, "", "the passport is being bound to another key"};
  Turn turn{.now = clock_.Now()};
  TRY_ASSIGN(const std::optional<PersonRow> row, store_.FindPerson(person));
  TRY_ASSIGN(std::optional<RebindingRow> loss, store_.FindRebinding(person));
  if (!row || !loss || loss->state != RebindingState::kAwaitingKey) {
    return Fault{Reason::kStateConflict, "", "the passport does not wait for a key"};
  }
  RebindingSecrets secrets;
  if (!loss->sealed.empty()) {
    TRY_ASSIGN(secrets, OpenRebinding(vault_, *loss));
  }
  secrets.passport_code = RandomToken(random_);
  Outcome foreseen{.id = loss->id, .passport_code = secrets.passport_code};
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllBoundTo(store_, person));
  foreseen.signed_again = static_cast<std::uint64_t>(std::count_if(held.begin(), held.end(), [&](const auto& each) {
    return each.state == CredentialState::kSuspended && each.expires_at > turn.now;
  }));
  TRY_ASSIGN(turn.with, with(foreseen));
  loss->state = RebindingState::kSigning;
  loss->new_key = Thumbprint(key);
  ++loss->revision;
  TRY(PutHolder(*row, {.jwk = WriteJwk(key), .sealed = {}}, Sha256(secrets.passport_code), turn));
  turn.changes.emplace_back(AddHolderKey{{loss->new_key, person, held_as, turn.now, {}, {}}});
  TRY(Write(turn, *loss, secrets));
  TRY_ASSIGN(const std::optional<RebindingRow> written, store_.FindRebinding(person));
  if (!written) return Fault{Reason::kStoreUnavailable, "", "a rebinding that was written is not there"};
  return FinishRow(*written);
}

Result<RebindPassport::Outcome> RebindPassport::OutcomeOf(const RebindingRow& row) {
  Outcome outcome{.id = row.id,
                  .passport_code = {},
                  .signed_again = row.signed_again,
                  .left_behind = row.left_behind,
                  .undo_until = row.undo_until};
  if (!row.sealed.empty()) {
    TRY_ASSIGN(const RebindingSecrets secrets, OpenRebinding(vault_, row));
    outcome.passport_code = secrets.passport_code;
  }
  return outcome;
}

}  // namespace passport
