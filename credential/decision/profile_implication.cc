#include "credential/decision/profile_implication.h"

#include <algorithm>
#include <iterator>

namespace passport {
namespace {

using Test = Condition::Test;

constexpr int kMonthDaysMin = 28;
constexpr int kDaysInAMonthMax = 31;

std::ptrdiff_t PlaceOfGrade(std::string_view grade) {
  return std::find(std::begin(kAssuranceGrades), std::end(kAssuranceGrades), grade) - std::begin(kAssuranceGrades);
}

bool Holds(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsSubset(const std::vector<std::string>& inner, const std::vector<std::string>& outer) {
  return std::all_of(inner.begin(), inner.end(), [&](const std::string& word) { return Holds(outer, word); });
}

bool AreDisjoint(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const std::string& word) { return Holds(b, word); });
}

bool IsAge(Test test) { return test == Test::kWithinMonths || test == Test::kWithinDays; }

// The shorter age asks for more; months are taken at their shortest and longest.
bool AgeImplies(const Condition& a, const Condition& b) {
  if (b.through_shift && !a.through_shift) return false;
  if (a.test == b.test) return a.amount <= b.amount;
  if (a.test == Test::kWithinDays) return a.amount <= kMonthDaysMin * b.amount;
  return kDaysInAMonthMax * a.amount <= b.amount;
}

// Of two conditions with the same test on the same fact.
bool SameTestImplies(const Condition& a, const Condition& b) {
  switch (a.test) {
    case Test::kOneOf:
    case Test::kIssuerType:
      return IsSubset(a.words, b.words);
    case Test::kAtLeast:
      return a.amount >= b.amount;
    case Test::kAssurance:
      return PlaceOfGrade(a.words.front()) >= PlaceOfGrade(b.words.front());
    case Test::kWithinMonths:
    case Test::kWithinDays:
      return AgeImplies(a, b);
    case Test::kNotBeforeDay:
      return a.through_shift || !b.through_shift;
    case Test::kNotAfterDay:
    case Test::kIsPlace:
      return true;
    case Test::kIssuerIs:
    case Test::kSameIssuerAs:
    case Test::kSamePersonAs:
      return a.words == b.words;
  }
  return false;
}

bool AnyImplies(const std::vector<Condition>& asked, const Condition& wanted) {
  return std::any_of(asked.begin(), asked.end(), [&](const Condition& each) { return Implies(each, wanted); });
}

// Of two needs that look at single records.
bool RecordImplies(const Need& a, const Need& b, const Terms& terms) {
  if (a.form != b.form || a.kind != b.kind) return false;
  if (a.form == Need::Form::kTraining && !terms.Covers(a.subject, a.level, b.subject, b.level)) return false;
  const std::vector<Condition> asked = AllConditionsOf(a, terms);
  const std::vector<Condition> wanted = AllConditionsOf(b, terms);
  return std::all_of(wanted.begin(), wanted.end(), [&](const Condition& each) { return AnyImplies(asked, each); });
}

// What a finds nothing of, b finds nothing of: every child of b is as narrow as one of a.
bool NoneImplies(const Need& a, const Need& b, const Terms& terms) {
  return std::all_of(b.children.begin(), b.children.end(), [&](const Need& inner) {
    return std::any_of(a.children.begin(), a.children.end(),
                       [&](const Need& outer) { return RecordImplies(inner, outer, terms); });
  });
}

}  // namespace

std::vector<Condition> AllConditionsOf(const Need& need, const Terms& terms) {
  std::vector<Condition> all = need.picks;
  all.insert(all.end(), need.conditions.begin(), need.conditions.end());
  if (need.form != Need::Form::kTraining) return all;
  const std::optional<int> months = need.months ? need.months : terms.RefreshMonths(need.subject, need.level);
  if (!months || (!need.months && *months == 0)) return all;  // not known, or no limit
  const auto achieved = std::find_if(need.kind->fields.begin(), need.kind->fields.end(),
                                     [](const FieldRule& rule) { return rule.name == "achieved_on"; });
  all.push_back({.fact = &*achieved,
                 .test = Test::kWithinMonths,
                 .words = {},
                 .amount = *months,
                 .through_shift = need.through_shift,
                 .otherwise = Reason::kTooOld});
  return all;
}

bool Implies(const Condition& a, const Condition& b) {
  if (a.fact != b.fact) return false;
  if (a.test == b.test) return SameTestImplies(a, b);
  if (IsAge(a.test) && IsAge(b.test)) return AgeImplies(a, b);
  if (IsAge(a.test)) return b.test == Test::kNotAfterDay;
  if (a.test == Test::kOneOf && b.test == Test::kAssurance) {
    return std::all_of(a.words.begin(), a.words.end(),
                       [&](const std::string& word) { return PlaceOfGrade(word) >= PlaceOfGrade(b.words.front()); });
  }
  return false;
}

bool Contradict(const Condition& a, const Condition& b) {
  if (a.fact != b.fact) return false;
  if (a.test == b.test) return (a.test == Test::kOneOf || a.test == Test::kIssuerType) && AreDisjoint(a.words, b.words);
  if (a.test == Test::kAssurance && b.test == Test::kOneOf) return Contradict(b, a);
  if (a.test == Test::kOneOf && b.test == Test::kAssurance) {
    return std::all_of(a.words.begin(), a.words.end(),
                       [&](const std::string& word) { return PlaceOfGrade(word) < PlaceOfGrade(b.words.front()); });
  }
  return false;
}

bool Implies(const Need& a, const Need& b, const Terms& terms) {
  return (!b.when || a.when == b.when) && ImpliesWhereBothCount(a, b, terms);
}

bool ImpliesWhereBothCount(const Need& a, const Need& b, const Terms& terms) {
  const auto implied = [&](const Need& child) { return ImpliesWhereBothCount(a, child, terms); };
  const auto implies = [&](const Need& child) { return ImpliesWhereBothCount(child, b, terms); };
  // Children that count in one engagement only prove nothing about the other.
  const auto always = [](const Need& child) { return !child.when; };
  if (b.form == Need::Form::kAllOf) return std::all_of(b.children.begin(), b.children.end(), implied);
  if (a.form == Need::Form::kAnyOf) return std::all_of(a.children.begin(), a.children.end(), implies);
  if (a.form == Need::Form::kAllOf && std::any_of(a.children.begin(), a.children.end(),
                                                  [&](const Need& child) { return always(child) && implies(child); }))
    return true;
  if (b.form == Need::Form::kAnyOf)
    return std::any_of(b.children.begin(), b.children.end(),
                       [&](const Need& child) { return always(child) && implied(child); });
  if (a.form == Need::Form::kNoneOf && b.form == Need::Form::kNoneOf) return NoneImplies(a, b, terms);
  if (a.form == Need::Form::kAllOf || a.form == Need::Form::kNoneOf || b.form == Need::Form::kNoneOf) return false;
  return RecordImplies(a, b, terms);
}

}  // namespace passport
