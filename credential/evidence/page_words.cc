#include "credential/evidence/page_words.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "credential/evidence/html_text.h"
#include "credential/record/record_kind.h"

namespace passport::page_words {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::int64_t kDaySeconds = 86'400;

const FieldRule* RuleOf(std::string_view kind, std::string_view fact) {
  const RecordKind* known = FindRecordKind(kind);
  if (known == nullptr) return nullptr;
  const auto rule = std::find_if(known->fields.begin(), known->fields.end(),
                                 [&](const FieldRule& field) { return field.name == fact; });
  return rule == known->fields.end() ? nullptr : &*rule;
}

std::string WithBlanks(std::string_view word) {
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string Counted(std::int64_t count, std::string_view unit) {
  return std::to_string(count) + " " + std::string(unit) + (count == 1 ? "" : "s");
}

// The taxonomy's label of a word, or the word with blanks.
std::string LabelOf(const FieldRule& rule, std::string_view word, const Terms& terms) {
  if (const Subject* subject = rule.name == "subject" ? terms.FindSubject(word) : nullptr) return subject->label;
  if (const Regulator* regulator = rule.name == "regulator" ? terms.FindRegulator(word) : nullptr)
    return regulator->label + " (" + regulator->word + ")";
  if (rule.vocabulary.empty() || !terms.Knows(rule.vocabulary, word)) return WithBlanks(word);
  return std::string(terms.LabelOf(rule.vocabulary, word));
}

}  // namespace

std::string Day(const CivilDay& day) {
  return std::to_string(day.day()) + " " + std::string(kMonths[static_cast<std::size_t>(day.month() - 1)]) + " " +
         std::to_string(day.year());
}

std::string Moment(Instant at) {
  // The civil day in UTC: the London day at noon is the same, in summer and in winter.
  const std::int64_t second = at.seconds % kDaySeconds;
  const std::string day = Day(CivilDay::InLondon(Instant{at.seconds - second + kDaySeconds / 2}));
  char time[16];
  std::snprintf(time, sizeof time, ", %02d:%02d UTC", static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60));
  return day + time;
}

std::string Age(Instant as_of, Instant at) {
  const std::int64_t seconds = std::max<std::int64_t>(0, (at - as_of).count);
  if (seconds >= 2 * kDaySeconds) return Counted(seconds / kDaySeconds, "day");
  if (seconds >= 2 * 3600) return Counted(seconds / 3600, "hour");
  return Counted(seconds / 60, "minute");
}

std::string Word(std::string_view word) {
  return word == "met_expiring" ? "met, but expiring" : HtmlText(WithBlanks(word));
}

std::string Label(std::string_view kind, std::string_view fact) {
  const FieldRule* rule = RuleOf(kind, fact);
  return rule == nullptr ? Word(fact) : HtmlText(rule->label);
}

std::string Value(std::string_view kind, const Record::Field& fact, const Terms& terms) {
  const auto& [name, value] = fact;
  const FieldRule* rule = RuleOf(kind, name);
  if (rule == nullptr) return HtmlText(value);
  switch (rule->shape) {
    case FieldShape::kDay:
      if (const Result<CivilDay> day = CivilDay::Parse(value); day.ok()) return Day(*day);
      return HtmlText(value);
    case FieldShape::kFlag:
      return value == "true" ? "yes" : value == "false" ? "no" : HtmlText(value);
    case FieldShape::kChoice:
      return Word(value);
    case FieldShape::kWord:
    case FieldShape::kCode:
      return HtmlText(rule->shape == FieldShape::kCode && rule->vocabulary.empty() && name != "regulator"
                          ? value
                          : LabelOf(*rule, value, terms));
    case FieldShape::kNumber:
    case FieldShape::kName:
    case FieldShape::kOrganisation:
    case FieldShape::kDigest:
      return HtmlText(value);
  }
  return HtmlText(value);
}

std::optional<Record::Field> Find(const ReceiptRecord& record, std::string_view fact) {
  const auto found = std::find_if(record.facts.begin(), record.facts.end(),
                                  [&](const Record::Field& field) { return field.first == fact; });
  return found == record.facts.end() ? std::nullopt : std::optional(*found);
}

}  // namespace passport::page_words
