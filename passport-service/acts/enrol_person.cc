#include "passport-service/acts/enrol_person.h"

#include <algorithm>
#include <array>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/admit_holder.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/sealed_person.h"

namespace passport {
namespace {

std::span<const std::uint8_t> BytesOfText(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
std::string TextOfBytes(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

std::string RandomText(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.Fill(bytes);
  return EncodeBase64Url(bytes);
}

// The answer to a request of this kind: the person, and the passport code sealed, so that it goes when they are erased.
std::string AnswerContext(const RequestKey& key) { return "answer " + key.by.text() + " " + key.id.text(); }

Result<std::string> SealAnswer(PersonVault& vault, const RequestKey& key, const Digest& number,
                               const EnrolPerson::Enrolled& enrolled) {
  if (!enrolled.passport_code) return enrolled.person.text();
  TRY_ASSIGN(const std::string sealed,
             vault.Seal(owner::Employee(key.by, number), AnswerContext(key), *enrolled.passport_code));
  return enrolled.person.text() + " " + sealed;
}

Result<EnrolPerson::Enrolled> OpenAnswer(PersonVault& vault, const RequestKey& key, const Digest& number,
                                         const std::string& answer) {
  const std::size_t space = answer.find(' ');
  TRY_ASSIGN(const PersonId person, PersonId::Parse(answer.substr(0, space)));
  EnrolPerson::Enrolled enrolled{.person = person, .passport_code = {}};
  if (space == std::string::npos) return enrolled;
  TRY_ASSIGN(enrolled.passport_code,
             vault.Open(owner::Employee(key.by, number), AnswerContext(key), answer.substr(space + 1)));
  if (!enrolled.passport_code) return Fault{Reason::kNotFound, "", "the person was erased"};
  return enrolled;
}

// A person with the key of theirs, written together.
Result<Changes> MakePerson(const KeyStore& keys, PersonVault& vault, const PersonId& id,
                           const std::string& passport_code, Instant now) {
  TRY_ASSIGN(const SealedHolderKey holder, keys.MakeHolderKey(BytesOfText(id.text())));
  TRY_ASSIGN(PersonVault::Fresh fresh,
             SealHolder(vault, id, {.jwk = WriteJwk(holder.point), .sealed = TextOfBytes(holder.sealed)}));
  return Changes{std::move(fresh.key),
                 AddPerson{{.id = id,
                            .passport_code_hash = Sha256(passport_code),
                            .enrolled_at = now,
                            .sealed_holder = std::move(fresh.sealed)}},
                 AddHolderKey{{.thumbprint = Thumbprint(holder.point),
                               .person = id,
                               .held_as = HeldAs::kKept,
                               .from = now,
                               .until = {},
                               .end_reason = {}}}};
}

}  // namespace

bool IsEmployeeNumber(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return IsCapital(c) || IsSmall(c) || IsDigit(c) || c == '-' || c == '/' || c == '.';
  });
}

Result<EnrolPerson::Enrolled> EnrolPerson::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (!IsEmployeeNumber(order.employee_number)) {
    return Fault{Reason::kFieldInvalid, "", "employee_number is not 1 to 40 letters, digits, '-', '/' or '.'"};
  }
  TRY_ASSIGN(const Digest number, EmployeeNumberDigest(vault_, caller.id, order.employee_number));
  const DataOwner employee = owner::Employee(caller.id, number);
  // Under the key of the number, because a number can be guessed.
  const Digest plain = RequestDigest({"enrol_person", order.employee_number, order.passport_code.value_or("")});
  RequestKey key{.by = caller.id, .id = order.request, .digest = {}};
  const auto digest = [&]() -> Result<void> {
    TRY_ASSIGN(const std::optional<Digest> made, vault_.DigestUnder(employee, "request", TextOfBytes(plain)));
    if (made) key.digest = *made;
    return {};
  };
  TRY(digest());
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return OpenAnswer(vault_, key, number, *answer);

  TRY_ASSIGN(const std::optional<EmploymentRow> taken, store_.FindEmployment(caller.id, number));
  if (taken) return Fault{Reason::kAlreadyExists, "", "employee_number is taken"};
  Changes changes;
  std::optional<Enrolled> enrolled;
  if (order.passport_code) {
    TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPersonByCode(Sha256(*order.passport_code)));
    const Fault no_passport{Reason::kNotFound, "",
                            "no passport has this code, or its key is in the person's own hands"};
    if (!person) return no_passport;
    TRY_ASSIGN(const HeldAs held_as, HeldNow(store_, person->id));
    if (held_as != HeldAs::kKept) return no_passport;
    enrolled = Enrolled{.person = person->id, .passport_code = {}};
  } else {
    std::string code = RandomText(random_);
    TRY_ASSIGN(const PersonId id, PersonId::Parse(RandomText(random_)));
    TRY_ASSIGN(changes, MakePerson(keys_, vault_, id, code, now));
    enrolled = Enrolled{.person = id, .passport_code = std::move(code)};
  }
  TRY(vault_.Ensure(std::array{employee, owner::Person(caller.id, enrolled->person)}));
  TRY(digest());
  TRY_ASSIGN(std::string sealed_answer, SealAnswer(vault_, key, number, *enrolled));
  TRY_ASSIGN(AddEmployment employment, EmploymentOf(vault_, caller.id, order.employee_number, enrolled->person));
  changes.emplace_back(ExpectDataKey{owner::Holder(enrolled->person)});
  changes.emplace_back(std::move(employment));
  changes.emplace_back(Audited(
      now, order.by, {.what = "person.enrolled", .object = enrolled->person.text(), .request = order.request.text()}));
  changes.emplace_back(AppendEvent{{now, "person.enrolled", enrolled->person.text()}});
  changes.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, std::move(sealed_answer), now}});
  TRY(ApplyOnce(store_, changes, key));
  return *enrolled;
}

}  // namespace passport
