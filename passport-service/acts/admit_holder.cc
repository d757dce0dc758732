#include "passport-service/acts/admit_holder.h"

#include <algorithm>

#include "passport-service/acts/unlock_passport.h"

namespace passport {
namespace {

Fault NoPassport() { return {Reason::kHolderUnknown, "", "a good key or code must come with the call"}; }

// Of a passport in the person's own hands the key alone proves anything else.
bool TakesEveryCode(HolderNeeds needs) { return needs == HolderNeeds::kAnyCode || needs == HolderNeeds::kActJudges; }

bool TakesUnbound(HolderNeeds needs) { return needs == HolderNeeds::kAnyKey || needs == HolderNeeds::kActJudges; }

}  // namespace

Result<HeldAs> HeldNow(Store& store, const PersonId& person) {
  TRY_ASSIGN(const std::vector<HolderKeyRow> rows, store.HolderKeysOf(person));
  const auto good = std::find_if(rows.begin(), rows.end(), [](const HolderKeyRow& row) { return !row.until; });
  return good == rows.end() ? HeldAs::kKept : good->held_as;
}

void AdmitHolder::GoBy(std::vector<std::string> names) {
  const std::lock_guard lock(mutex_);
  names_ = std::move(names);
}

Result<HolderProof> AdmitHolder::Check(std::string_view proof, const ProvenCall& call, Instant now) {
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex_);
    names = names_;
  }
  TRY_ASSIGN(HolderProof checked, VerifyHolderProof(proof, names, call, now));
  if (checked.made_at < started_) {
    return Fault{Reason::kKbTime, "", "the holder's proof was made before the service was started; make another"};
  }
  return checked;
}

bool UsedProofs::Take(const Digest& name, Instant good_until, Instant now) {
  while (!until_.empty() && until_.begin()->first < now.seconds) {
    names_.erase(until_.begin()->second);
    until_.erase(until_.begin());
  }
  if (names_.size() >= most_) return false;
  names_.insert(name);
  until_.emplace(good_until.seconds, name);
  return true;
}

// A key may have been bound since its proof was used: both are asked.
Result<void> AdmitHolder::TakeOnce(const HolderProof& proof, bool bound, Instant now) {
  const Digest name = Sha256(proof.thumbprint + "." + proof.id);
  const std::lock_guard lock(mutex_);
  if (of_people_.Has(name) || of_nobody_.Has(name))
    return Fault{Reason::kKbNonce, "", "the holder's proof was used before; make another"};
  UsedProofs& used = bound ? of_people_ : of_nobody_;
  if (!used.Take(name, proof.made_at + kHolderProofAgeMax, now))
    return Fault{Reason::kBusy, "", "too many people call at once"};
  return {};
}

Result<ProvenKey> AdmitHolder::Prove(std::string_view proof, const ProvenCall& call) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const HolderProof checked, Check(proof, call, now));
  TRY(TakeOnce(checked, false, now));
  return ProvenKey{.point = checked.key, .thumbprint = checked.thumbprint};
}

Result<HolderAdmission> AdmitHolder::ByKey(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const HolderProof proof, Check(*order.proof, order.call, now));
  TRY_ASSIGN(const std::optional<HolderKeyRow> row, store_.FindHolderKey(proof.thumbprint));
  const bool good = row && !row->until;
  if (!good && !TakesUnbound(order.needs)) return NoPassport();
  TRY(TakeOnce(proof, good, now));
  HolderAdmission admission{
      .caller = {.person = {}, .key = ProvenKey{.point = proof.key, .thumbprint = proof.thumbprint}}, .code = {}};
  if (good) {
    admission.caller.person = row->person;
    admission.caller.held_as = row->held_as;
  }
  return admission;
}

Result<HolderAdmission> AdmitHolder::ByCode(const Order& order) {
  const Digest code = Sha256(*order.passport_code);
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPersonByCode(code));
  if (!person) return ByUnlock(order, code);
  TRY_ASSIGN(const HeldAs held_as, HeldNow(store_, person->id));
  if (held_as != HeldAs::kKept && !TakesEveryCode(order.needs)) return NoPassport();
  return HolderAdmission{.caller = {.person = person->id, .key = {}, .held_as = held_as}, .code = code};
}

// What changes anything, or gives something to others than the organisation of the session, needs the person's own.
Result<HolderAdmission> AdmitHolder::ByUnlock(const Order& order, const Digest& code) {
  if (order.needs == HolderNeeds::kSession) {
    TRY_ASSIGN(const std::optional<UnlockRow> unlock, FindUnlocked(store_, code, clock_.Now()));
    if (unlock) {
      return HolderAdmission{
          .caller = {.person = unlock->person, .key = {}, .held_as = HeldAs::kKept, .session_of = unlock->organisation},
          .code = code};
    }
  }
  return order.needs == HolderNeeds::kActJudges ? HolderAdmission{} : Result<HolderAdmission>(NoPassport());
}

Result<HolderAdmission> AdmitHolder::operator()(const Order& order) {
  if (order.proof && order.passport_code) {
    return Fault{Reason::kFieldInvalid, "", "dpop and passport-code came both: one of them proves a call"};
  }
  if (order.proof) return ByKey(order);
  if (order.passport_code) return ByCode(order);
  if (order.needs == HolderNeeds::kActJudges) return HolderAdmission{};
  return NoPassport();
}

Result<void> AdmitHolder::StillHolds(const HolderAdmission& admission) {
  const HolderCaller& caller = admission.caller;
  if (!caller.person) return {};
  if (admission.code) {
    TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPersonByCode(*admission.code));
    if (person) return person->id == *caller.person ? Result<void>() : Result<void>(NoPassport());
    TRY_ASSIGN(const std::optional<UnlockRow> unlock, FindUnlocked(store_, *admission.code, clock_.Now()));
    return unlock && unlock->person == *caller.person ? Result<void>() : Result<void>(NoPassport());
  }
  TRY_ASSIGN(const std::optional<HolderKeyRow> row, store_.FindHolderKey(caller.key->thumbprint));
  const bool good = row && !row->until && row->person == *caller.person;
  return good ? Result<void>() : Result<void>(NoPassport());
}

}  // namespace passport
