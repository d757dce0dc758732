// Whose row it is.
//
// The employee number decides, then the assignment number, the National Insurance number and the registration number.
// What they say must not contradict each other, nor the birth date that is known. A name with a birth date is never
// enough: a person decides (resolve_draft.h). Of all keys but the employee number only keyed digests are kept, and
// nobody is looked for outside of the caller's own organisation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/person_vault.h"

namespace passport {

// What a row says of its person. Empty: it does not say.
struct RowKeys {
  std::string employee_number;  // always there: 1 to 40 letters, digits, '-', '/', '.'
  std::string assignment_number = {};
  std::string national_insurance_number = {};
  std::vector<std::string> registration_numbers = {};  // with their regulator: "NMC 01A2345N"; at most 4
  std::string name = {};           // "example-avocet, florrie", in one form for all files of a source
  std::string date_of_birth = {};  // "1975-07-13"
  bool operator==(const RowKeys&) const = default;
};

// Fails with kFieldInvalid naming the field: too long, not printable, no day.
Result<void> CheckRowKeys(const RowKeys& keys);

// The digests of the keys that are there. Numbers are compared without blanks and regard to case, names without regard
// to the case of A to Z. Fails as KeyedDigest does.
struct DigestedKey {
  MatchKind kind;
  Digest key;
};
Result<std::vector<DigestedKey>> DigestKeys(PersonVault& vault, const OrganisationId& organisation, const RowKeys& row);

struct PersonMatch {
  std::optional<PersonId> person;      // who it is, if it is known
  bool by_employee_number = false;     // known under the employee number of the row
  std::vector<PersonId> may_be;        // who it may be, when nobody is known: kPossibleMatch
  std::optional<std::string> against;  // kPersonConflict: which keys contradict which
};
// `decided`: a person has said who it is, so nothing is found by name. Fails as the store and the key store do.
Result<PersonMatch> MatchPerson(Store& store, PersonVault& vault, const OrganisationId& organisation,
                                const RowKeys& row, const std::optional<PersonId>& decided);

// What makes a person found by these keys next time: those that are not there yet.
Result<Changes> LearnKeys(Store& store, PersonVault& vault, const OrganisationId& organisation, const RowKeys& row,
                          const PersonId& person);

}  // namespace passport
