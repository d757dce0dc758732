#include "credential/decision/profile_words.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace passport {
namespace {

using Test = Condition::Test;

std::string Spaced(std::string_view word) {
  std::string spaced(word);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  return spaced;
}

// "a, b or c".
std::string Listed(const std::vector<std::string>& words, std::string_view last) {
  std::string listed;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) listed += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    listed += words[i];
  }
  return listed;
}

std::string Counted(int count, std::string_view unit) {
  return std::to_string(count) + " " + std::string(unit) + (count == 1 ? "" : "s");
}

std::string_view EndOfAge(bool through_shift) {
  return through_shift ? "the last day of the shift" : "the first day of the shift";
}

std::string WordsOfGrade(std::string_view grade) {
  if (grade == "self_declared") return "the person's own word";
  if (grade == "employer_verified") return "checked by an employer";
  return "checked at the source";
}

std::string WordsOfValue(const FieldRule& fact, const std::string& value, const Terms& terms) {
  if (fact.shape == FieldShape::kFlag) return value == "true" ? "yes" : "no";
  if (fact.name == "assurance") return WordsOfGrade(value);
  if (fact.name == "subject") {
    const Subject* const subject = terms.FindSubject(value);
    if (subject != nullptr) return subject->label;
  }
  if (fact.name == "regulator") {
    const Regulator* const regulator = terms.FindRegulator(value);
    if (regulator != nullptr) return regulator->label;
  }
  const std::string_view label = terms.LabelOf(fact.vocabulary, value);
  return label == value ? Spaced(value) : std::string(label);
}

std::string WordsOfValues(const Condition& condition, const Terms& terms) {
  std::vector<std::string> values;
  for (const std::string& word : condition.words) values.push_back(WordsOfValue(*condition.fact, word, terms));
  return Listed(values, "or");
}

std::string WordsOfTypes(const Condition& condition, const Terms& terms) {
  std::vector<std::string> types;
  for (const std::string& word : condition.words) {
    const std::string_view label = terms.LabelOf("organisation_type", word);
    types.push_back(label == word ? Spaced(word) : std::string(label));
  }
  return "issued by an organisation of this type: " + Listed(types, "or");
}

// What stands behind the label of the fact, or all of it for the tests of who signed.
std::string WordsOfTest(const Condition& condition, const Terms& terms) {
  switch (condition.test) {
    case Test::kOneOf:
      return WordsOfValues(condition, terms);
    case Test::kAtLeast:
      return std::to_string(condition.amount) + " or more";
    case Test::kAssurance:
      return WordsOfGrade(condition.words.front()) +
             (condition.words.front() == "primary_source_verified" ? "" : ", or better");
    case Test::kWithinMonths:
      return "no more than " + Counted(condition.amount, "month") + " before " +
             std::string(EndOfAge(condition.through_shift));
    case Test::kWithinDays:
      return "no more than " + Counted(condition.amount, "day") + " before " +
             std::string(EndOfAge(condition.through_shift));
    case Test::kNotBeforeDay:
      return "not before " + std::string(EndOfAge(condition.through_shift)) + ", or no end";
    case Test::kNotAfterDay:
      return "not after the first day of the shift";
    case Test::kIsPlace:
      return "where the work is";
    case Test::kIssuerType:
      return WordsOfTypes(condition, terms);
    case Test::kIssuerIs:
      return condition.words.front() == "place" ? "issued by the organisation where the work is"
                                                : "issued by the organisation that relies on it";
    case Test::kSameIssuerAs:
      return "issued by the organisation that issued what meets \"" + condition.words.front() + "\"";
    case Test::kSamePersonAs:
      return "held by the person who holds what meets \"" + condition.words.front() + "\"";
  }
  return "";
}

std::string WordsOfCondition(const Condition& condition, const Terms& terms) {
  const std::string test = WordsOfTest(condition, terms);
  return condition.fact == nullptr ? test : std::string(condition.fact->label) + ": " + test;
}

std::string WordsOfConditions(const std::vector<Condition>& conditions, const Terms& terms) {
  std::string words;
  for (const Condition& condition : conditions) words += "; " + WordsOfCondition(condition, terms);
  return words;
}

std::string WordsOfAge(const Need& need, const Terms& terms) {
  const std::string end = std::string(EndOfAge(need.through_shift));
  if (need.months) return "completed no more than " + Counted(*need.months, "month") + " before " + end;
  const std::optional<int> refresh = terms.RefreshMonths(need.subject, need.level);
  if (!refresh) return "completed within its refresh period, which is not known";
  if (*refresh == 0) return "completed at any time";
  return "completed within its refresh period (" + Counted(*refresh, "month") + ") before " + end;
}

// Courses of other subjects that count for this one.
std::string WordsOfCovers(const Need& need, const Terms& terms) {
  std::set<std::string> others;
  for (const Cover& cover : terms.CoversOf(need.subject, need.level)) {
    const Subject* const subject = terms.FindSubject(cover.subject);
    if (cover.subject == need.subject || subject == nullptr) continue;
    const bool single = subject->levels.size() == 1;
    others.insert(subject->label + (single ? "" : " level " + std::to_string(cover.level_min)));
  }
  if (others.empty()) return "";
  return "; counts as well: " + Listed({others.begin(), others.end()}, "or");
}

std::string WordsOfCourse(const Need& need, const Terms& terms) {
  const Subject* const subject = terms.FindSubject(need.subject);
  std::string words = subject == nullptr ? Spaced(need.subject) : subject->label;
  words += ", level " + std::to_string(need.level);
  if (subject != nullptr && subject->higher_covers_lower && subject->levels.back() > need.level) words += " or above";
  if (subject != nullptr && !subject->parts.empty()) words += ", all its parts";
  return words + ", " + WordsOfAge(need, terms) + WordsOfConditions(need.conditions, terms) +
         WordsOfCovers(need, terms);
}

}  // namespace

std::string WordsOfRecordNeed(const Need& need, const Terms& terms) {
  if (need.form == Need::Form::kTraining) return WordsOfCourse(need, terms);
  return std::string(need.kind->label) + WordsOfConditions(need.picks, terms) +
         WordsOfConditions(need.conditions, terms);
}

std::string WordsOf(Engagement engagement) {
  return engagement == Engagement::kPlacement ? "for a placement" : "for a new employment";
}

std::string WordsOf(const CivilDay& day) {
  constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};
  return std::to_string(day.day()) + " " + std::string(kMonths.at(static_cast<std::size_t>(day.month() - 1))) + " " +
         std::to_string(day.year());
}

}  // namespace passport
