#include "passport-service/acts/move_passport.h"

#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/audited.h"

namespace passport {
namespace {

Fault NoProof() { return {Reason::kHolderUnknown, "", "a good key or code must come with the call"}; }

// Who has only the code can not take a passport away from where its key is.
bool MayMove(const HolderCaller& by) { return by.person && (by.key || by.held_as == HeldAs::kKept); }

Result<void> CheckNewKey(Store& store, const MovePassport::Order& order) {
  const bool own = order.held_as != HeldAs::kKept;
  if (own && !order.new_key) return Fault{Reason::kFieldInvalid, "", "new_key_proof is missing"};
  if (!own && order.new_key) return Fault{Reason::kFieldInvalid, "", "new_key_proof is for FILE and WALLET"};
  if (!own && order.by.held_as == HeldAs::kKept) {
    return Fault{Reason::kStateConflict, "", "the service keeps the passport already"};
  }
  if (!own) return {};
  TRY_ASSIGN(const std::optional<HolderKeyRow> known, store.FindHolderKey(order.new_key->thumbprint));
  if (known) return Fault{Reason::kAlreadyExists, "", "the new key is or was bound to a passport; make another"};
  return {};
}

}  // namespace

// The key it was proved with may be dead by its own doing; the new one, or the one that has ended, says whose it was.
Result<RebindPassport::Outcome> MovePassport::Again(const Order& order) {
  for (const std::optional<ProvenKey>& key : {order.new_key, order.by.key}) {
    if (!key) continue;
    TRY_ASSIGN(const std::optional<HolderKeyRow> row, store_.FindHolderKey(key->thumbprint));
    if (!row) continue;
    TRY_ASSIGN(const std::optional<RebindingRow> moved, store_.FindRebinding(row->person));
    const bool ours = moved && moved->reason == RebindingReason::kMoved && moved->request == order.request.text() &&
                      (moved->new_key == key->thumbprint || moved->old_key == key->thumbprint);
    if (!ours) continue;
    TRY(ApplyNow(store_,
                 {AuditedOfPeople(
                     clock_.Now(), order.by,
                     {.what = "request.repeated", .object = row->person.text(), .request = order.request.text()})}));
    return rebind_.Finish(row->person);
  }
  return NoProof();
}

Result<RebindPassport::Outcome> MovePassport::operator()(const Order& order) {
  if (order.by.person) {
    TRY_ASSIGN(const std::optional<RebindingRow> moved, store_.FindRebinding(*order.by.person));
    const bool again = moved && moved->reason == RebindingReason::kMoved && moved->request == order.request.text();
    if (again && MayMove(order.by)) return rebind_.Finish(*order.by.person);
  }
  if (!order.by.person) return Again(order);
  if (!MayMove(order.by)) return NoProof();
  TRY(CheckNewKey(store_, order));
  return rebind_({.person = *order.by.person,
                  .why = RebindingReason::kMoved,
                  .request = order.request.text(),
                  .held_as = order.held_as,
                  .key = order.new_key ? std::optional(order.new_key->point) : std::nullopt},
                 {AuditedOfPeople(clock_.Now(), order.by,
                                  {.what = "passport.moved",
                                   .object = order.by.person->text(),
                                   .why = std::string(WordOf(order.held_as)),
                                   .request = order.request.text()})});
}

// Who has only the code of a passport can not take it in, no more than move it.
Result<void> JoinPassport::CheckOtherKey(const Order& order, const PersonId& other) {
  TRY_ASSIGN(const HeldAs held_as, HeldNow(store_, other));
  if (held_as == HeldAs::kKept) {
    if (order.other_key) return Fault{Reason::kFieldInvalid, "", "other_key_proof is for FILE and WALLET"};
    return {};
  }
  std::optional<HolderKeyRow> key;
  if (order.other_key) {
    TRY_ASSIGN(key, store_.FindHolderKey(order.other_key->thumbprint));
  }
  if (key && !key->until && key->person == other) return {};
  return Fault{Reason::kHolderUnknown, "", "the other passport's own key must come with the call: other_key_proof"};
}

Result<RebindPassport::Outcome> JoinPassport::operator()(const Order& order) {
  if (!order.by.person) return NoProof();
  TRY_ASSIGN(const std::optional<RebindingRow> joined, store_.FindRebinding(*order.by.person));
  if (joined && joined->reason == RebindingReason::kJoined && joined->request == order.request.text()) {
    if (joined->old_code != Sha256(order.other_passport_code)) {
      return Fault{Reason::kRequestReused, "", "request_id was used for another request"};
    }
    return rebind_.Finish(*order.by.person);
  }
  TRY_ASSIGN(const std::optional<PersonRow> into, store_.FindPerson(*order.by.person));
  TRY_ASSIGN(const std::optional<PersonRow> other, store_.FindPersonByCode(Sha256(order.other_passport_code)));
  if (!into) return NoProof();
  if (!other) return Fault{Reason::kNotFound, "", "no passport has this code"};
  TRY(CheckOtherKey(order, other->id));
  return rebind_.Join(*into, *other, order.request.text(),
                      {AuditedOfPeople(clock_.Now(), order.by,
                                       {.what = "passport.joined",
                                        .object = into->id.text(),
                                        .why = "both_proved",
                                        .request = order.request.text()})});
}

}  // namespace passport
