#include "passport-service/acts/enrol_person.h"

#include <algorithm>
#include <array>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
std::string TextOf(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

std::string RandomText(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.Fill(bytes);
  return EncodeBase64Url(bytes);
}

bool IsEmployeeNumber(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/' ||
           c == '.';
  });
}

// The answer to a request of this kind holds the passport code, so it is kept sealed.
std::string AnswerContext(const RequestKey& key) { return "answer " + key.by.text() + " " + key.id.text(); }

Result<std::string> SealAnswer(const KeyStore& keys, const RequestKey& key, const EnrolPerson::Enrolled& enrolled) {
  const std::string text = enrolled.person.text() + " " + enrolled.passport_code.value_or("");
  TRY_ASSIGN(const std::vector<std::uint8_t> sealed, keys.Seal(BytesOf(text), BytesOf(AnswerContext(key))));
  return TextOf(sealed);
}

Result<EnrolPerson::Enrolled> OpenAnswer(const KeyStore& keys, const RequestKey& key, const std::string& answer) {
  TRY_ASSIGN(const Secret opened, keys.Unseal(BytesOf(answer), BytesOf(AnswerContext(key))));
  const std::string text = TextOf(opened.bytes());
  const std::size_t space = text.find(' ');
  TRY_ASSIGN(const PersonId person, PersonId::Parse(text.substr(0, space)));
  EnrolPerson::Enrolled enrolled{.person = person, .passport_code = {}};
  if (space + 1 < text.size()) enrolled.passport_code = text.substr(space + 1);
  return enrolled;
}

Result<PersonRow> MakePerson(const KeyStore& keys, Random& random, const std::string& passport_code, Instant now) {
  TRY_ASSIGN(const PersonId id, PersonId::Parse(RandomText(random)));
  TRY_ASSIGN(const SealedHolderKey holder, keys.MakeHolderKey(BytesOf(id.text())));
  return PersonRow{.id = id,
                   .passport_code_hash = Sha256(passport_code),
                   .holder_jwk = WriteJwk(holder.point),
                   .sealed_holder_key = TextOf(holder.sealed),
                   .enrolled_at = now};
}

}  // namespace

Result<EnrolPerson::Enrolled> EnrolPerson::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  if (!IsEmployeeNumber(order.employee_number)) {
    return Fault{Reason::kFieldInvalid, "", "employee_number is not 1 to 40 letters, digits, '-', '/' or '.'"};
  }
  const RequestKey key{
      .by = caller.id,
      .id = order.request,
      .digest = RequestDigest({"enrol_person", order.employee_number, order.passport_code.value_or("")})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return OpenAnswer(keys_, key, *answer);

  Changes changes;
  std::optional<Enrolled> enrolled;
  if (order.passport_code) {
    TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPersonByCode(Sha256(*order.passport_code)));
    if (!person) return Fault{Reason::kNotFound, "", "no passport has this code"};
    enrolled = Enrolled{.person = person->id, .passport_code = {}};
  } else {
    std::string code = RandomText(random_);
    TRY_ASSIGN(PersonRow person, MakePerson(keys_, random_, code, now));
    enrolled = Enrolled{.person = person.id, .passport_code = std::move(code)};
    changes.emplace_back(AddPerson{std::move(person)});
  }
  TRY_ASSIGN(std::string sealed_answer, SealAnswer(keys_, key, *enrolled));
  changes.emplace_back(AddEmployment{{caller.id, order.employee_number, enrolled->person}});
  changes.emplace_back(Audited(
      now, order.by, {.what = "person.enrolled", .object = enrolled->person.text(), .request = order.request.text()}));
  changes.emplace_back(AppendEvent{{now, "person.enrolled", enrolled->person.text()}});
  changes.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, std::move(sealed_answer), now}});
  TRY(ApplyOnce(store_, changes, key));
  return *enrolled;
}

}  // namespace passport
