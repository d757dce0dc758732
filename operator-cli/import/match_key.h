// By what a person may be found who has other numbers elsewhere. A key finds; it never proves: on a name nothing is
// joined.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

enum class MatchKeyKind : std::uint8_t {
  kEmployeeNumber,           // of the employer whose file it is
  kAssignmentNumber,         // the same
  kNationalInsuranceNumber,  // of the person
  kRegistrationNumber,       // of the person, with its regulator
  kNameAndBirthDate,         // of perhaps several people
};

// "employee_number", "assignment_number", "national_insurance_number", "registration_number", "name_and_birth_date";
// stable.
std::string_view WordOf(MatchKeyKind kind);

struct MatchKey {
  MatchKeyKind kind;
  std::string value;  // normal text: two keys are the same when kind and value are
  bool operator==(const MatchKey&) const = default;
};

// Capital letters; "e-17" is "E-17". The text was checked before.
MatchKey NumberKey(MatchKeyKind kind, std::string_view number);
// "NMC 01A2345N": the number as ParseRegistrationNumber gives it.
MatchKey RegistrationKey(std::string_view regulator, std::string_view number);
// "1975-07-13 example-avocet, florrie": small letters, one space for several. Accents and hyphens stay.
MatchKey NameAndBirthDateKey(std::string_view given_names, std::string_view family_name, CivilDay born_on);

// "AB 12 34 56 c" is "AB123456C": spaces go, letters become capitals, and nothing else is corrected. Fails with
// kRecordField unless it has the form of a number that is issued: two letters without D F I Q U V, O not second, not
// BG GB KN NK NT TN ZZ; six digits; A to D (HMRC National Insurance Manual, NIM39110).
Result<std::string> ParseNationalInsuranceNumber(std::string_view text);

// Small letters of Latin, with accents (U+0000 to U+017F); other letters stay. UTF-8 in and out.
std::string SmallLetters(std::string_view text);

}  // namespace passport
