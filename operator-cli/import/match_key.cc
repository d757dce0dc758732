#include "operator-cli/import/match_key.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

bool IsSpaceByte(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string CapitalLetters(std::string_view text) {
  std::string capital(text);
  for (char& c : capital) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return capital;
}

// The small letter of a capital of Latin-1 Supplement or Latin Extended-A (Unicode, UnicodeData.txt).
unsigned SmallLetter(unsigned point) {
  if (point >= 0xC0 && point <= 0xDE && point != 0xD7) return point + 0x20;
  if (point == 0x130 || point == 0x138 || point == 0x149 || point == 0x17F) return point;
  if (point == 0x178) return 0xFF;
  const bool odd_capitals = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17E);
  if (odd_capitals) return point % 2 == 1 ? point + 1 : point;
  if (point >= 0x100 && point <= 0x177) return point | 1U;
  return point;
}

std::string OneSpace(std::string_view text) {
  std::string single;
  for (const char c : text) {
    if (!IsSpaceByte(c)) {
      single.push_back(c);
    } else if (!single.empty() && single.back() != ' ') {
      single.push_back(' ');
    }
  }
  if (single.ends_with(' ')) single.pop_back();
  return single;
}

}  // namespace

std::string_view WordOf(MatchKeyKind kind) {
  switch (kind) {
    case MatchKeyKind::kEmployeeNumber:
      return "employee_number";
    case MatchKeyKind::kAssignmentNumber:
      return "assignment_number";
    case MatchKeyKind::kNationalInsuranceNumber:
      return "national_insurance_number";
    case MatchKeyKind::kRegistrationNumber:
      return "registration_number";
    case MatchKeyKind::kNameAndBirthDate:
      return "name_and_birth_date";
  }
  return {};
}

MatchKey NumberKey(MatchKeyKind kind, std::string_view number) {
  return {.kind = kind, .value = CapitalLetters(number)};
}

MatchKey RegistrationKey(std::string_view regulator, std::string_view number) {
  return {.kind = MatchKeyKind::kRegistrationNumber, .value = std::string(regulator) + " " + std::string(number)};
}

MatchKey NameAndBirthDateKey(std::string_view given_names, std::string_view family_name, CivilDay born_on) {
  return {
      .kind = MatchKeyKind::kNameAndBirthDate,
      .value = born_on.Text() + " " + OneSpace(SmallLetters(family_name)) + ", " + OneSpace(SmallLetters(given_names))};
}

Result<std::string> ParseNationalInsuranceNumber(std::string_view text) {
  static constexpr std::string_view kFirst = "ABCEGHJKLMNOPRSTWXYZ";
  static constexpr std::string_view kSecond = "ABCEGHJKLMNPRSTWXYZ";
  static constexpr std::array<std::string_view, 7> kNotIssued = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
  std::string number = CapitalLetters(text);
  number.erase(std::remove_if(number.begin(), number.end(), IsSpaceByte), number.end());
  const bool good = number.size() == 9U && kFirst.find(number[0]) != std::string_view::npos &&
                    kSecond.find(number[1]) != std::string_view::npos &&
                    std::all_of(number.begin() + 2, number.begin() + 8, IsDigit) && number[8] >= 'A' &&
                    number[8] <= 'D' &&
                    std::find(kNotIssued.begin(), kNotIssued.end(), number.substr(0, 2)) == kNotIssued.end();
  if (!good) return Fault{Reason::kRecordField, "", "is not a National Insurance number like AA123456A"};
  return number;
}

std::string SmallLetters(std::string_view text) {
  std::string small;
  small.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xC3 && byte <= 0xC5 && i + 1 < text.size()) {  // U+00C0 to U+017F
      const unsigned point = SmallLetter((byte & 0x1FU) << 6U | (static_cast<unsigned char>(text[i + 1]) & 0x3FU));
      small.push_back(static_cast<char>(0xC0U | point >> 6U));
      small.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
      ++i;
    } else {
      small.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : text[i]);
    }
  }
  return small;
}

}  // namespace passport
