// Courses as the taxonomy knows them: what covers what, how long it counts, and the parts that make a whole.
#include <algorithm>
#include <utility>

#include "credential/decision/judge.h"

namespace passport {
namespace {

// The facts of mandatory training a course is judged by.
struct CourseFacts {
  const FieldRule* subject = nullptr;
  const FieldRule* level = nullptr;
  const FieldRule* part = nullptr;
  const FieldRule* achieved_on = nullptr;
};

const CourseFacts& FactsOfCourse(const RecordKind& kind) {
  static const CourseFacts facts = [&kind] {
    CourseFacts found;
    for (const FieldRule& rule : kind.fields) {
      if (rule.name == "subject") found.subject = &rule;
      if (rule.name == "level") found.level = &rule;
      if (rule.name == "part") found.part = &rule;
      if (rule.name == "achieved_on") found.achieved_on = &rule;
    }
    return found;
  }();
  return facts;
}

}  // namespace

// A course as the taxonomy of the day has it.
struct Judge::Course {
  std::span<const Cover> covers;  // empty: nobody knows the subject or the level
  bool period_known;
  std::optional<int> months;  // how long it counts; nothing: for good
  bool known() const { return !covers.empty() && period_known; }
};

Judge::Course Judge::CourseOf(const Need& need) const {
  const auto covers = terms_.CoversOf(need.subject, need.level);
  if (need.months) return {.covers = covers, .period_known = true, .months = need.months};
  const std::optional<int> refresh = terms_.RefreshMonths(need.subject, need.level);
  return {.covers = covers, .period_known = refresh.has_value(), .months = refresh == 0 ? std::nullopt : refresh};
}

std::optional<Fare> Judge::FareOfCourse(const Need& leaf, const Course& course, const Weighed& weighed) {
  const CourseFacts& facts = FactsOfCourse(*leaf.kind);
  const std::string* const subject = FindFact(*weighed.record, facts.subject);
  const std::optional<int> level = FindNumber(*weighed.record, facts.level);
  if (subject == nullptr || !level || !course.known()) return std::nullopt;
  const bool covered = std::any_of(course.covers.begin(), course.covers.end(), [&](const Cover& cover) {
    return cover.level_min <= *level && *level <= cover.level_max && cover.subject == *subject;
  });
  const bool too_low = !covered && *level < leaf.level && *subject == leaf.subject;
  if (!covered && !too_low) return std::nullopt;
  Fare fare;
  const auto answer = too_low ? Held::Answer::kNo : Held::Answer::kYes;
  scales_.Count({.answer = answer, .reason = Reason::kLevelTooLow}, fare);
  const std::optional<CivilDay> achieved = FindDay(*weighed.record, facts.achieved_on);
  scales_.Count(scales_.Within(achieved, course.months, leaf.through_shift, Reason::kTooOld), fare);
  CountTheRest(leaf, weighed, fare);
  return fare;
}

std::optional<Fare> Judge::FareOfTraining(const Need& leaf, const Weighed& weighed) {
  return FareOfCourse(leaf, CourseOf(leaf), weighed);
}

// One record of the whole course, or records of all its parts.
Ruling Judge::OfTraining(const Need& need) {
  const Course course = CourseOf(need);
  if (!course.known()) return {.fare = {.outcome = Outcome::kNotMet, .reason = Reason::kWordUnknown}, .relied_on = {}};
  const CourseFacts& facts = FactsOfCourse(*need.kind);
  Ruling best;
  std::map<std::string_view, std::map<std::string_view, Ruling>> parts;  // by subject and part
  for (std::uint32_t i = 0; i < records_.size(); ++i) {
    if (&records_[i].record->kind() != need.kind) continue;
    const std::optional<Fare> fare = FareOfCourse(need, course, records_[i]);
    if (!fare) continue;
    const std::string* const part = FindFact(*records_[i].record, facts.part);
    Offer(i, *fare, part == nullptr ? best : parts[*FindFact(*records_[i].record, facts.subject)][*part]);
  }
  bool any = !best.relied_on.empty();
  for (const auto& [subject, held] : parts) {
    Ruling whole = OfParts(subject, held);
    if (!any || Better(whole.fare, whole.relied_on, best.fare, best.relied_on)) best = std::move(whole);
    any = true;
  }
  return best;
}

Ruling Judge::OfParts(std::string_view subject, const std::map<std::string_view, Ruling>& held) const {
  Ruling whole{.fare = {}, .relied_on = {}};
  const Subject* const known = terms_.FindSubject(subject);
  bool missing = known == nullptr || known->parts.empty();
  for (const std::string& part : missing ? std::vector<std::string>() : known->parts) {
    const auto found = held.find(part);
    if (found == held.end()) {
      missing = true;
    } else {
      Join(found->second, whole);
    }
  }
  if (missing) {
    whole.fare.outcome = Outcome::kNotMet;
    whole.fare.reason = Reason::kPartMissing;
  }
  return whole;
}

}  // namespace passport
