#include "credential/record/record.h"

#include <algorithm>
#include <charconv>

namespace passport {
namespace {

Fault Wrong(std::string_view field, std::string_view what) {
  return {Reason::kRecordField, "", std::string(field) + " " + std::string(what)};
}

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsWord(std::string_view text) {
  return text.size() <= 60 && IsLower(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsLower(c) || IsDigit(c) || c == '_'; });
}

bool IsCode(std::string_view text) {
  return text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
           return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '.' || c == '-' || c == '/';
         });
}

bool IsNumber(std::string_view text) {
  return text.size() <= 9 && std::all_of(text.begin(), text.end(), IsDigit) &&
         (text.size() == 1 || text.front() != '0');
}

// Marks, and characters that turn the direction of text or can not be seen: a screen would show something else than
// what was signed.
bool IsForbiddenInNames(char32_t point) {
  const bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
  const bool markup = point == '<' || point == '>';
  const bool direction = point == 0x61c || point == 0x200e || point == 0x200f || (point >= 0x2028 && point <= 0x202e) ||
                         (point >= 0x2066 && point <= 0x2069);
  const bool no_character = point == 0xfeff || (point & 0xfffe) == 0xfffe;
  return control || markup || direction || no_character;
}

// Valid UTF-8 (shortest form, no surrogates) of allowed characters, 1 to 80 code points.
bool IsName(std::string_view text) {
  std::size_t points = 0;
  for (std::size_t at = 0; at < text.size(); ++points) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xc2 ? 0
                               : lead < 0xe0 ? 2
                               : lead < 0xf0 ? 3
                               : lead < 0xf5 ? 4
                                             : 0;
    if (length == 0 || at + length > text.size()) return false;
    char32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xc0U) != 0x80) return false;
      point = point << 6 | (next & 0x3fU);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool impossible = (point >= 0xd800 && point < 0xe000) || point > 0x10ffff;
    if (overlong || impossible || IsForbiddenInNames(point)) return false;
    at += length;
  }
  return points <= 80;
}

Result<void> CheckShape(const FieldRule& rule, std::string_view value) {
  if (value.empty()) return Wrong(rule.name, "is empty");
  switch (rule.shape) {
    case FieldShape::kDay:
      if (!CivilDay::Parse(value).ok()) return Wrong(rule.name, "is not a day (YYYY-MM-DD)");
      return {};
    case FieldShape::kFlag:
      if (value != "true" && value != "false") return Wrong(rule.name, "is not true or false");
      return {};
    case FieldShape::kNumber:
      if (!IsNumber(value)) return Wrong(rule.name, "is not a whole number");
      return {};
    case FieldShape::kWord:
      if (!IsWord(value)) return Wrong(rule.name, "is not a word (a-z, 0-9, _)");
      return {};
    case FieldShape::kChoice:
      if (std::find(rule.choices.begin(), rule.choices.end(), value) == rule.choices.end()) {
        return Wrong(rule.name, "is not one of the allowed words");
      }
      return {};
    case FieldShape::kName:
      if (!IsName(value)) return Wrong(rule.name, "is not 1 to 80 printable characters");
      return {};
    case FieldShape::kCode:
      if (!IsCode(value)) return Wrong(rule.name, "is not a code (letters, digits, '.', '-', '/')");
      return {};
  }
  return Wrong(rule.name, "has no shape");
}

const FieldRule* FindRule(const RecordKind& kind, std::string_view name) {
  const auto found =
      std::find_if(kind.fields.begin(), kind.fields.end(), [&](const FieldRule& rule) { return rule.name == name; });
  return found == kind.fields.end() ? nullptr : &*found;
}

// The text a claim stands for, if its JSON type is that of the rule.
std::optional<std::string> TextOfClaim(const FieldRule& rule, const json::Value& claim) {
  if (rule.shape == FieldShape::kFlag) {
    if (!claim.boolean()) return std::nullopt;
    return *claim.boolean() ? "true" : "false";
  }
  if (rule.shape == FieldShape::kNumber) {
    if (!claim.integer()) return std::nullopt;
    return std::string(claim.number());
  }
  if (!claim.is_string()) return std::nullopt;
  return std::string(*claim.text());
}

}  // namespace

Result<Record> Record::Make(const RecordKind& kind, std::span<const Field> fields) {
  Record record(kind);
  for (const auto& [name, value] : fields) {
    const FieldRule* rule = FindRule(kind, name);
    if (rule == nullptr) return Wrong("a field", "is not of this kind of record");
    if (value.empty()) continue;
    if (record.Find(name)) return Wrong(rule->name, "occurs twice");
    TRY(CheckShape(*rule, value));
    record.facts_.push_back({rule, value});
  }
  for (const FieldRule& rule : kind.fields) {
    if (rule.presence == Presence::kRequired && !record.Find(rule.name)) return Wrong(rule.name, "is missing");
  }
  std::sort(record.facts_.begin(), record.facts_.end(), [](const Fact& a, const Fact& b) { return a.rule < b.rule; });
  if (kind.check != nullptr) TRY(kind.check(record));
  return record;
}

Result<Record> Record::FromClaims(const RecordKind& kind, const json::Value& claims) {
  Record record(kind);
  for (const FieldRule& rule : kind.fields) {
    const json::Value* claim = claims.Find(rule.name);
    if (claim == nullptr) continue;
    std::optional<std::string> text = TextOfClaim(rule, *claim);
    if (!text || !CheckShape(rule, *text).ok()) {
      return Fault{Reason::kClaims, "", std::string(rule.name) + " has not the shape of its kind"};
    }
    record.facts_.push_back({&rule, std::move(*text)});
  }
  return record;
}

std::optional<std::string_view> Record::Find(std::string_view name) const {
  for (const Fact& fact : facts_) {
    if (fact.rule->name == name) return fact.value;
  }
  return std::nullopt;
}

std::optional<CivilDay> Record::Day(std::string_view name) const {
  const auto text = Find(name);
  if (!text) return std::nullopt;
  Result<CivilDay> day = CivilDay::Parse(*text);
  if (!day.ok()) return std::nullopt;
  return *day;
}

std::optional<int> Record::Number(std::string_view name) const {
  const auto text = Find(name);
  if (!text || !IsNumber(*text)) return std::nullopt;
  int number = 0;
  std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

std::optional<bool> Record::Flag(std::string_view name) const {
  const auto text = Find(name);
  if (!text) return std::nullopt;
  return *text == "true";
}

json::Value& Record::ToJson(const Fact& fact, json::Tree& tree) {
  switch (fact.rule->shape) {
    case FieldShape::kFlag:
      return tree.Boolean(fact.value == "true");
    case FieldShape::kNumber: {
      std::int64_t number = 0;
      std::from_chars(fact.value.data(), fact.value.data() + fact.value.size(), number);
      return tree.Integer(number);
    }
    case FieldShape::kDay:
    case FieldShape::kWord:
    case FieldShape::kChoice:
    case FieldShape::kName:
    case FieldShape::kCode:
      break;
  }
  return tree.String(fact.value);
}

}  // namespace passport
