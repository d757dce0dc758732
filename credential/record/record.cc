#include "credential/record/record.h"

#include <algorithm>
#include <charconv>

#include "credential/record/field_shape.h"

namespace passport {
namespace {

Fault Wrong(std::string_view field, std::string_view what) {
  return {Reason::kRecordField, "", std::string(field) + " " + std::string(what)};
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

// Who vouches says how, by whom and when it was checked; what a person says of themselves was checked by nobody.
Result<void> CheckVouching(const Record& record) {
  if (record.Find("assurance") == "self_declared") return {};
  for (const std::string_view name : {"method", "checker_role", "checked_on"}) {
    if (!record.Find(name)) return Wrong(name, "is missing from a record that is not self-declared");
  }
  return {};
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
  TRY(CheckVouching(record));
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
  if (!text || !IsNumberText(*text)) return std::nullopt;
  int number = 0;
  std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

std::optional<bool> Record::Flag(std::string_view name) const {
  const auto text = Find(name);
  if (!text) return std::nullopt;
  return *text == "true";
}

std::string Record::Identity() const {
  std::string identity(kind_->word);
  const auto add = [&](std::string_view name, std::string_view value) {
    identity.append("\n").append(name).append("=").append(value);
  };
  const auto stated = [&](std::string_view name) { return Find(name).has_value(); };
  if (kind_->identity.empty() || std::any_of(kind_->identity.begin(), kind_->identity.end(), stated)) {
    for (const std::string_view name : kind_->identity) add(name, Find(name).value_or(""));
  } else {
    // Who looked again, and when, makes no other fact of it.
    for (const Fact& fact : facts_) {
      if (fact.rule->name != "checked_on" && fact.rule->name != "checker_role") add(fact.rule->name, fact.value);
    }
  }
  return identity;
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
    case FieldShape::kOrganisation:
    case FieldShape::kDigest:
      break;
  }
  return tree.String(fact.value);
}

}  // namespace passport
