#include "credential/record/field_shape.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "credential/encoding/base64url.h"
#include "credential/encoding/utf8.h"
#include "credential/record/code_forms.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

constexpr std::size_t kNamePointsMax = 80;
constexpr std::size_t kNameBytesMax = 4 * kNamePointsMax;
constexpr std::size_t kCodeBytesMax = 40;
constexpr std::size_t kDigitsInARowMax = 5;
constexpr std::size_t kDigestBytes = 32;

Fault Wrong(const FieldRule& rule, std::string_view what, Reason reason = Reason::kRecordField) {
  return {reason, "", std::string(rule.name) + " " + std::string(what)};
}

bool IsCode(std::string_view text) {
  return text.size() <= kCodeBytesMax && std::all_of(text.begin(), text.end(), [](char c) {
           return IsSmall(c) || IsCapital(c) || IsDigit(c) || c == '.' || c == '-' || c == '/';
         });
}

bool IsDigest(std::string_view text) {
  std::array<std::uint8_t, kDigestBytes> digest{};
  return text.size() == Base64UrlLength(kDigestBytes) && DecodeBase64UrlInto(text, digest).ok();
}

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool In(const Range (&ranges)[N], char32_t point) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const Range& range) { return point >= range.first && point <= range.last; });
}

// Marks, and characters that turn the direction of text or can not be seen: a screen would show something else than
// what was signed. The two joiners that Persian and Indian names need (200c, 200d) are not among them.
bool IsForbiddenInNames(char32_t point) {
  static constexpr Range kForbidden[] = {
      {0x00, 0x1f},     {0x7f, 0x9f},     {'<', '<'},       {'>', '>'},       {'{', '{'},        {'}', '}'},
      {'\\', '\\'},     {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e}, {0x200b, 0x200b},  {0x200e, 0x200f},
      {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff}};
  return In(kForbidden, point) || (point & 0xfffe) == 0xfffe;
}

// Digits a person reads as such, in the scripts that people here write.
bool IsDigitPoint(char32_t point) {
  static constexpr Range kDigits[] = {{'0', '9'},     {0x660, 0x669},   {0x6f0, 0x6f9},   {0x966, 0x96f},
                                      {0x9e6, 0x9ef}, {0xa66, 0xa6f},   {0xae6, 0xaef},   {0x2070, 0x2079},
                                      {0xb2, 0xb3},   {0x2080, 0x2089}, {0xff10, 0xff19}, {0x1d7ce, 0x1d7ff}};
  return In(kDigits, point);
}

// What stands between the digits of a number without ending it: blanks, dashes, dots, joiners.
bool IsBetweenDigits(char32_t point) {
  static constexpr Range kBetween[] = {{' ', ' '},       {'-', '.'},       {'_', '_'},       {0xa0, 0xa0},
                                       {0xb7, 0xb7},     {0x2000, 0x200d}, {0x2010, 0x2015}, {0x2022, 0x2022},
                                       {0x202f, 0x202f}, {0x205f, 0x205f}, {0x2212, 0x2212}, {0x3000, 0x3000}};
  return In(kBetween, point);
}

// Valid UTF-8 of allowed characters, 1 to 80 code points.
bool IsName(std::string_view text) {
  if (text.size() > kNameBytesMax) return false;
  std::size_t points = 0;
  for (; !text.empty(); ++points) {
    const CodePoint first = FirstCodePoint(text);
    if (first.bytes == 0 || IsForbiddenInNames(first.value)) return false;
    text.remove_prefix(first.bytes);
  }
  return points <= kNamePointsMax;
}

// For text that is UTF-8.
bool HoldsLongNumber(std::string_view text) {
  std::size_t digits = 0;
  for (CodePoint first; !text.empty(); text.remove_prefix(first.bytes)) {
    first = FirstCodePoint(text);
    if (IsDigitPoint(first.value)) {
      if (++digits > kDigitsInARowMax) return true;
    } else if (!IsBetweenDigits(first.value)) {
      digits = 0;
    }
  }
  return false;
}

// "https://...", "data:image/png;base64,...": a place for anything that a title is not.
bool HoldsAddressOrFile(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = IsCapital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view mark : {"://", "base64,", "javascript:"}) {
    if (lower.find(mark) != std::string::npos) return true;
  }
  constexpr std::string_view kData = "data:";
  const std::size_t data = lower.find(kData);
  return data != std::string::npos && data + kData.size() < lower.size() && lower[data + kData.size()] != ' ';
}

Result<void> CheckWord(const FieldRule& rule, std::string_view value) {
  if (!IsWord(value)) return Wrong(rule, "is not a word (a-z, 0-9, _), at most 60");
  if (HoldsLongNumber(value)) return Wrong(rule, "holds six digits in a row", Reason::kContentForbidden);
  return {};
}

Result<void> CheckName(const FieldRule& rule, std::string_view value) {
  if (!IsName(value)) return Wrong(rule, "is not 1 to 80 printable characters without < > { } \\");
  if (HoldsLongNumber(value)) return Wrong(rule, "holds six digits in a row", Reason::kContentForbidden);
  if (HoldsAddressOrFile(value)) return Wrong(rule, "holds an address or a file", Reason::kContentForbidden);
  return {};
}

Result<void> CheckCode(const FieldRule& rule, std::string_view value) {
  if (!IsCode(value)) return Wrong(rule, "is not a code (letters, digits, '.', '-', '/'), at most 40");
  if (rule.name != "national_insurance_number" && LooksLikeNationalInsuranceNumber(value)) {
    return Wrong(rule, "holds a National Insurance number", Reason::kContentForbidden);
  }
  if (rule.name != "certificate_number" && IsCertificateNumber(value)) {
    return Wrong(rule, "holds 12 digits like the number of a certificate", Reason::kContentForbidden);
  }
  return {};
}

}  // namespace

bool IsNumberText(std::string_view text) {
  return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), IsDigit) &&
         (text.size() == 1 || text.front() != '0');
}

Result<void> CheckShape(const FieldRule& rule, std::string_view value) {
  if (value.empty()) return Wrong(rule, "is empty");
  switch (rule.shape) {
    case FieldShape::kDay:
      if (!CivilDay::Parse(value).ok()) return Wrong(rule, "is not a day (YYYY-MM-DD)");
      return {};
    case FieldShape::kFlag:
      if (value != "true" && value != "false") return Wrong(rule, "is not true or false");
      return {};
    case FieldShape::kNumber:
      if (!IsNumberText(value)) return Wrong(rule, "is not a whole number");
      return {};
    case FieldShape::kWord:
      return CheckWord(rule, value);
    case FieldShape::kChoice:
      if (std::find(rule.choices.begin(), rule.choices.end(), value) == rule.choices.end()) {
        return Wrong(rule, "is not one of the allowed words");
      }
      return {};
    case FieldShape::kName:
      return CheckName(rule, value);
    case FieldShape::kCode:
      return CheckCode(rule, value);
    case FieldShape::kOrganisation:
      if (!OrganisationId::Parse(value).ok()) return Wrong(rule, "is not an organisation (ods:RC9)");
      return {};
    case FieldShape::kDigest:
      if (!IsDigest(value)) return Wrong(rule, "is not a SHA-256 digest in base64url");
      return {};
  }
  return Wrong(rule, "has no shape");
}

}  // namespace passport
