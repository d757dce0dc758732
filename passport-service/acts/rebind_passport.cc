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

// What was under way before comes to its end first. A loss that can still be taken back stays: what follows carries it
// on.
Result<void> RebindPassport::SettleBefore(const PersonId& person, RebindingReason why) {
  TRY_ASSIGN(std::optional<RebindingRow> row, store_.FindRebinding(person));
  if (row && row->state == RebindingState::kSigning) {
    TRY(FinishRow(*row));
    TRY_ASSIGN(row, store_.FindRebinding(person));
  }
  if (!row) return {};
  const bool today = row->state == RebindingState::kUndoable || row->state == RebindingState::kAwaitingKey;
  if (today && why != RebindingReason::kLost) {
    return Fault{Reason::kStateConflict, "", "the passport was replaced today; take that back or wait until tomorrow"};
  }
  if (row->state != RebindingState::kUndoable) return {};
  if (row->undo_until && *row->undo_until > clock_.Now()) return {};
  return EndDay(*row);
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
  RebindingSecrets secrets;
  TRY_ASSIGN(RebindingRow row, Begin(order, *person, old_keys, turn, secrets));
  const bool to_come = lost && order.held_as != HeldAs::kKept && !order.key;
  if (to_come && !old_keys) {
    return Fault{Reason::kStateConflict, "", "of this passport the service has no key any more; replace it as KEPT"};
  }
  std::string code = RandomToken(random_);
  if (to_come) {
    row.state = RebindingState::kAwaitingKey;
    row.invitation = order.invitation;
    // Nobody is told this code, and nobody has the key.
    TRY(PutHolder(*person, {.jwk = old_keys->jwk, .sealed = {}}, Sha256(code), turn));
  } else {
    TRY_ASSIGN(const HolderKeyPair new_keys, NewKey(order));
    TRY_ASSIGN(row.new_key, ThumbprintOf(new_keys));
    TRY(PutHolder(*person, new_keys, Sha256(code), turn));
    turn.changes.emplace_back(AddHolderKey{{row.new_key, order.person, order.held_as, turn.now, {}, {}}});
    secrets.passport_code = std::move(code);
  }
  TRY(Write(turn, row, secrets));
  if (to_come) {
    TRY(SettleWaiting(row));
    return Outcome{.id = row.id, .passport_code = {}, .undo_until = row.undo_until};
  }
  TRY_ASSIGN(const std::optional<RebindingRow> written, store_.FindRebinding(order.person));
  if (!written) return Fault{Reason::kStoreUnavailable, "", "a rebinding that was written is not there"};
  return FinishRow(*written);
}

// What was issued or reinstated while the old key was being ended does not count, and shares end if they are to. For as
// long as the key does not come nothing else looks.
Result<void> RebindPassport::SettleWaiting(const RebindingRow& row) {
  Changes late;
  TRY(SuspendHeld(row.person, late));
  if (!late.empty()) TRY(ApplyNow(store_, late));
  if (row.end_shares) TRY(turn_shares_(row.person, true));
  return {};
}

Result<RebindPassport::Outcome> RebindPassport::BringKey(const Brought& brought, const With& with) {
  const PersonId& person = brought.person;
  const InHand in_hand(*this, {person});
  if (!in_hand.all()) return Fault{Reason::kOutcomeUnknown, "", "the passport is being bound to another key"};
  Turn turn{.now = clock_.Now()};
  TRY_ASSIGN(const std::optional<PersonRow> row, store_.FindPerson(person));
  TRY_ASSIGN(std::optional<RebindingRow> loss, store_.FindRebinding(person));
  if (!row || !loss || loss->state != RebindingState::kAwaitingKey || loss->id != brought.rebinding) {
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
  loss->new_key = Thumbprint(brought.key);
  loss->invitation.clear();
  ++loss->revision;
  TRY(PutHolder(*row, {.jwk = WriteJwk(brought.key), .sealed = {}}, Sha256(secrets.passport_code), turn));
  turn.changes.emplace_back(AddHolderKey{{loss->new_key, person, brought.held_as, turn.now, {}, {}}});
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
