#include "passport-service/acts/unlock_passport.h"

#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

constexpr int kUnlockCheckDaysOldMax = 0;  // today

Fault NobodyToUnlock() { return {Reason::kNotFound, "", "employee_number names nobody of this organisation"}; }

std::string UnlockContext(const RequestKey& key) { return "unlock " + key.by.text() + " " + key.id.text(); }

// Keyed, because it is kept and a number can be guessed.
Result<RequestKey> KeyOfUnlock(const PersonVault& vault, const UnlockPassport::Order& order) {
  const Digest plain = RequestDigest({"unlock_passport", order.employee_number, TextOf(order.identity)});
  TRY_ASSIGN(const Digest digest, vault.IndexDigest("request to unlock", std::string(plain.begin(), plain.end())));
  return RequestKey{.by = order.by.organisation, .id = order.request, .digest = digest};
}

// Also of a passport whose lost key nobody has replaced yet: it has no key that is good, and none that is kept.
Result<bool> IsKept(Store& store, PersonVault& vault, const PersonRow& person) {
  TRY_ASSIGN(const HeldAs held_as, HeldNow(store, person.id));
  if (held_as != HeldAs::kKept) return false;
  TRY_ASSIGN(const HolderKeyPair keys, OpenHolder(vault, person));
  return !keys.sealed.empty();
}

}  // namespace

Result<std::optional<UnlockRow>> FindUnlocked(Store& store, const Digest& code, Instant now) {
  TRY_ASSIGN(std::optional<UnlockRow> row, store.FindUnlock(code));
  if (!row || row->expires_at <= now) return std::optional<UnlockRow>();
  TRY_ASSIGN(const bool works, WorksFor(store, row->organisation, row->person));
  if (!works) return std::optional<UnlockRow>();
  return row;
}

Result<UnlockPassport::Unlocked> UnlockPassport::Again(const RequestKey& key, const Digest& number,
                                                       const std::string& answer, Instant now) {
  TRY_ASSIGN(std::optional<std::string> code, vault_.Open(owner::Employee(key.by, number), UnlockContext(key), answer));
  std::optional<UnlockRow> row;
  if (code) {
    TRY_ASSIGN(row, FindUnlocked(store_, Sha256(*code), now));
  }
  if (!row) return Fault{Reason::kStateConflict, "", "what this request has unlocked is over"};
  return Unlocked{.session_code = std::move(*code), .expires_at = row->expires_at};
}

Result<UnlockPassport::Unlocked> UnlockPassport::Open(const Order& order, const RequestKey& key,
                                                      const EmploymentRow& employment, Instant now) {
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(employment.person));
  if (!person) return NobodyToUnlock();
  TRY_ASSIGN(const bool kept, IsKept(store_, vault_, *person));
  if (!kept) return Fault{Reason::kStateConflict, "", "the service does not keep this passport"};
  const Unlocked unlocked{.session_code = RandomToken(random_), .expires_at = now + kUnlockLength};
  const DataOwner employee = owner::Employee(key.by, employment.number);
  TRY_ASSIGN(AddIdentityCheck check,
             KeepIdentityCheck(vault_, {key.by, employment.number, order.request.text()}, order.identity, now));
  TRY_ASSIGN(std::string answer, vault_.Seal(employee, UnlockContext(key), unlocked.session_code));
  Changes changes{ExpectPassport{person->id, person->passport_code_hash},
                  ExpectDataKey{employee},
                  PruneUnlocks{now},
                  AddUnlock{{.code = Sha256(unlocked.session_code),
                             .person = person->id,
                             .organisation = key.by,
                             .expires_at = unlocked.expires_at}},
                  std::move(check),
                  Audited(now, order.by,
                          {.what = "passport.unlocked",
                           .object = person->id.text(),
                           .why = order.identity.method,
                           .request = order.request.text()}),
                  RememberAnswer{{key.by, key.id, key.digest, std::move(answer), now}}};
  TRY(ApplyOnce(store_, changes, key));
  return unlocked;
}

Result<UnlockPassport::Unlocked> UnlockPassport::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault_, caller.id, order.employee_number));
  TRY_ASSIGN(const std::optional<EmploymentRow> employment, store_.FindEmployment(caller.id, number));
  if (!employment) return NobodyToUnlock();
  TRY_ASSIGN(const RequestKey key, KeyOfUnlock(vault_, order));
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return Again(key, number, *answer, now);
  TRY_ASSIGN(const bool works, WorksFor(store_, caller.id, employment->person));
  if (!works) return NobodyToUnlock();
  TRY(CheckIdentity(order.identity, trust_, now, kUnlockCheckDaysOldMax));
  return Open(order, key, *employment, now);
}

}  // namespace passport
