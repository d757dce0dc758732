#include "passport-service/acts/match_person.h"

#include <algorithm>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

constexpr std::size_t kNumberBytesMax = 60;
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kRegistrationsMax = 4;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Result<void> CheckText(std::string_view text, std::string_view field, std::size_t bytes_max) {
  if (text.size() <= bytes_max && !HasControls(text)) return {};
  return Fault{Reason::kFieldInvalid, "",
               std::string(field) + " is not at most " + std::to_string(bytes_max) + " printable bytes"};
}

std::string Number(std::string_view text) {
  std::string number;
  for (const char c : text) {
    if (c != ' ') number += Lower(c);
  }
  return number;
}

std::string Name(std::string_view text) {
  std::string name(text);
  std::transform(name.begin(), name.end(), name.begin(), Lower);
  return name;
}

std::string_view ContextOf(MatchKind kind) {
  switch (kind) {
    case MatchKind::kAssignmentNumber:
      return "match assignment_number";
    case MatchKind::kNationalInsuranceNumber:
      return "match national_insurance_number";
    case MatchKind::kRegistrationNumber:
      return "match registration_number";
    case MatchKind::kNameAndBirthDate:
      return "match name_and_birth_date";
    case MatchKind::kBirthDate:
      return "match birth_date";
  }
  return "";
}

bool IsStrong(MatchKind kind) { return kind != MatchKind::kNameAndBirthDate && kind != MatchKind::kBirthDate; }

// The one person all strong keys lead to; a conflict when they lead to several.
Result<void> FollowStrongKeys(Store& store, const OrganisationId& organisation, const std::vector<DigestedKey>& digests,
                              PersonMatch& match) {
  for (const DigestedKey& digested : digests) {
    if (!IsStrong(digested.kind)) continue;
    TRY_ASSIGN(const std::vector<PersonId> found, store.FindMatches(organisation, digested.kind, digested.key));
    for (const PersonId& person : found) {
      if (!match.person) match.person = person;
      if (*match.person != person) match.against = "the numbers of the row belong to different people";
    }
  }
  return {};
}

// A person has one birth date.
Result<void> CheckBirthDate(Store& store, const OrganisationId& organisation, const std::vector<DigestedKey>& digests,
                            PersonMatch& match) {
  for (const DigestedKey& digested : digests) {
    if (digested.kind != MatchKind::kBirthDate) continue;
    TRY_ASSIGN(const std::vector<Digest> known, store.MatchKeysOf(organisation, *match.person, MatchKind::kBirthDate));
    const bool other = !known.empty() && std::find(known.begin(), known.end(), digested.key) == known.end();
    if (other) match.against = "date_of_birth is another one than is known of this person";
  }
  return {};
}

}  // namespace

Result<void> CheckRowKeys(const RowKeys& keys) {
  const bool number = !keys.employee_number.empty() && keys.employee_number.size() <= 40 &&
                      std::all_of(keys.employee_number.begin(), keys.employee_number.end(), [](char c) {
                        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                               c == '/' || c == '.';
                      });
  if (!number)
    return Fault{Reason::kFieldInvalid, "", "employee_number is not 1 to 40 letters, digits, '-', '/' or '.'"};
  TRY(CheckText(keys.assignment_number, "assignment_number", kNumberBytesMax));
  TRY(CheckText(keys.national_insurance_number, "national_insurance_number", kNumberBytesMax));
  if (keys.registration_numbers.size() > kRegistrationsMax) {
    return Fault{Reason::kFieldInvalid, "", "registration_numbers holds more than 4"};
  }
  for (const std::string& registration : keys.registration_numbers) {
    TRY(CheckText(registration, "registration_numbers", kNumberBytesMax));
  }
  TRY(CheckText(keys.name, "name", kNameBytesMax));
  if (!keys.date_of_birth.empty() && !CivilDay::Parse(keys.date_of_birth).ok()) {
    return Fault{Reason::kFieldInvalid, "", "date_of_birth is not a day like 1975-07-13"};
  }
  return {};
}

Result<std::vector<DigestedKey>> DigestKeys(PersonVault& vault, const OrganisationId& organisation,
                                            const RowKeys& row) {
  std::vector<std::pair<MatchKind, std::string>> texts;
  if (!row.assignment_number.empty()) {
    texts.emplace_back(MatchKind::kAssignmentNumber, Number(row.assignment_number));
  }
  if (!row.national_insurance_number.empty()) {
    texts.emplace_back(MatchKind::kNationalInsuranceNumber, Number(row.national_insurance_number));
  }
  for (const std::string& registration : row.registration_numbers) {
    texts.emplace_back(MatchKind::kRegistrationNumber, Number(registration));
  }
  if (!row.date_of_birth.empty()) {
    texts.emplace_back(MatchKind::kBirthDate, row.date_of_birth);
    if (!row.name.empty()) texts.emplace_back(MatchKind::kNameAndBirthDate, row.date_of_birth + " " + Name(row.name));
  }
  std::vector<DigestedKey> digests;
  for (const auto& [kind, text] : texts) {
    TRY_ASSIGN(const Digest digest, vault.IndexDigest(ContextOf(kind), organisation.text() + " " + text));
    digests.push_back({.kind = kind, .key = digest});
  }
  return digests;
}

Result<PersonMatch> MatchPerson(Store& store, PersonVault& vault, const OrganisationId& organisation,
                                const RowKeys& row, const std::optional<PersonId>& decided) {
  PersonMatch match;
  TRY_ASSIGN(const std::optional<EmploymentRow> employment,
             FindEmployee(store, vault, organisation, row.employee_number));
  if (employment) match.person = employment->person;
  match.by_employee_number = employment.has_value();
  if (decided && match.person && *match.person != *decided) {
    match.against = "employee_number belongs to another person than was decided";
  }
  if (decided) match.person = decided;
  TRY_ASSIGN(const std::vector<DigestedKey> digests, DigestKeys(vault, organisation, row));
  TRY(FollowStrongKeys(store, organisation, digests, match));
  if (match.person) {
    TRY(CheckBirthDate(store, organisation, digests, match));
    return match;
  }
  for (const DigestedKey& digested : digests) {
    if (digested.kind != MatchKind::kNameAndBirthDate) continue;
    TRY_ASSIGN(match.may_be, store.FindMatches(organisation, digested.kind, digested.key));
  }
  return match;
}

Result<Changes> LearnKeys(Store& store, PersonVault& vault, const OrganisationId& organisation, const RowKeys& row,
                          const PersonId& person) {
  Changes changes = {ExpectDataKey{owner::Person(organisation, person)}};
  TRY_ASSIGN(const std::optional<EmploymentRow> employment,
             FindEmployee(store, vault, organisation, row.employee_number));
  if (!employment) {
    TRY_ASSIGN(AddEmployment known, EmploymentOf(vault, organisation, row.employee_number, person));
    changes.emplace_back(std::move(known));
  }
  TRY_ASSIGN(const std::vector<DigestedKey> digests, DigestKeys(vault, organisation, row));
  for (const DigestedKey& digested : digests) {
    TRY_ASSIGN(const std::vector<Digest> known, store.MatchKeysOf(organisation, person, digested.kind));
    if (std::find(known.begin(), known.end(), digested.key) != known.end()) continue;
    changes.emplace_back(AddMatchKey{{organisation, digested.kind, digested.key, person}});
  }
  if (changes.size() == 1) changes.clear();  // nothing is new
  return changes;
}

}  // namespace passport
