// Courses as the taxonomy knows them: what covers what, how long it counts, and the parts that make a whole.
#include <algorithm>

#include "credential/decision/judge.h"

namespace passport {

bool Judge::WeighCourse(const PreparedNeed& leaf, const Weighed& weighed, const Fare* best, Fare& fare) {
  const CourseFields& fields = profile_.course_fields();
  const PreparedCourse& course = profile_.course(leaf.course);
  const WordNumber subject = records_.WordAt(weighed, fields.subject);
  const int level = records_.NumberAt(weighed, fields.level);
  if (subject == kNoWord || level < 0 || !course.known) return false;
  const std::span<const PreparedCover> covers = profile_.Covers(course.covers);
  const bool covered = std::any_of(covers.begin(), covers.end(), [&](const PreparedCover& cover) {
    return Known(cover.subject) == subject && cover.level_min <= level && level <= cover.level_max;
  });
  const bool too_low = !covered && level < course.level && Known(course.subject) == subject;
  if (!covered && !too_low) return false;
  Scales::YesIf(covered, Reason::kLevelTooLow, fare);
  if (IsBeaten(fare, best)) return false;
  scales_.Within(records_.DayAt(weighed, fields.achieved_on), course.months, leaf.need->through_shift, Reason::kTooOld,
                 fare);
  return WeighTheRest(leaf, weighed, best, fare);
}

// One record of the whole course, or records of all its parts.
Fare Judge::RuleTraining(const PreparedNeed& leaf) {
  if (!profile_.course(leaf.course).known) return {.outcome = Outcome::kNotMet, .reason = Reason::kWordUnknown};
  const CourseFields& fields = profile_.course_fields();
  room_.parts.clear();
  BestRecord best;
  for (const std::uint32_t record : records_.OfKind(leaf.kind)) {
    const Weighed& weighed = records_[record];
    const WordNumber part = records_.WordAt(weighed, fields.part);
    if (part == kNoWord) {
      best.Offer(*this, leaf, record);
    } else if (const std::optional<Fare> fare = FareAgainst(leaf, record)) {
      room_.parts.push_back({record, records_.WordAt(weighed, fields.subject), part, *fare});
    }
  }
  const std::size_t begin = room_.relied_on.size();
  if (best.found) room_.relied_on.push_back(best.record);
  return room_.parts.empty() ? best.fare : OrOfParts(profile_.course(leaf.course), best, begin);
}

// Subject by subject; the best whole of parts, or the record of the whole that was found.
Fare Judge::OrOfParts(const PreparedCourse& course, const BestRecord& of_whole, std::size_t begin) {
  Fare best = of_whole.fare;
  bool found = of_whole.found;
  for (auto at = room_.parts.begin(); at != room_.parts.end(); ++at) {
    const bool done =
        std::any_of(room_.parts.begin(), at, [&](const auto& each) { return each.subject == at->subject; });
    if (done) continue;
    const std::size_t whole_begin = room_.relied_on.size();
    const Fare whole = RuleParts(course, at->subject);
    if (found && !Better(whole, Relied(whole_begin, room_.relied_on.size()), best, Relied(begin, whole_begin))) {
      room_.relied_on.resize(whole_begin);
      continue;
    }
    DropRelied(begin, whole_begin);
    best = whole;
    found = true;
  }
  return best;
}

Fare Judge::RuleParts(const PreparedCourse& course, WordNumber subject) {
  Fare whole;
  const std::size_t begin = room_.relied_on.size();
  const std::span<const PreparedParts> in_parts = profile_.InParts(course.in_parts);
  const auto known = std::find_if(in_parts.begin(), in_parts.end(),
                                  [&](const PreparedParts& each) { return Known(each.subject) == subject; });
  bool missing = known == in_parts.end();
  for (const WordNumber part : missing ? std::span<const WordNumber>() : profile_.Words(known->parts)) {
    const JudgeRoom::OfPart* best = nullptr;
    for (const JudgeRoom::OfPart& each : room_.parts) {
      const bool of_it = each.subject == subject && each.part == Known(part);
      if (of_it && (best == nullptr || IsBetter(each.fare, best->fare))) best = &each;
    }
    if (best == nullptr) {
      missing = true;
      continue;
    }
    const std::size_t part_begin = room_.relied_on.size();
    room_.relied_on.push_back(best->record);
    Join(best->fare, begin, part_begin, whole);
  }
  if (missing) {
    whole.outcome = Outcome::kNotMet;
    whole.reason = Reason::kPartMissing;
  }
  return whole;
}

}  // namespace passport
