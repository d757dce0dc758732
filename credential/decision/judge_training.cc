// Courses as the taxonomy knows them: what covers what, how long it counts, and the parts that make a whole.
#include <algorithm>

#include "credential/decision/judge.h"

namespace passport {

// One record of the whole course, or records of all its parts.
Fare Judge::RuleTraining(const PreparedNeed& leaf) {
  const PreparedCourse& course = profile_.course(leaf.course);
  if (!course.known) return {.outcome = Outcome::kNotMet, .reason = Reason::kWordUnknown};
  BestRecord best = BestOnDays(leaf);
  room_.parts.clear();
  if (!best.found) {
    const CourseFields& fields = profile_.course_fields();
    for (const Candidate& candidate : case_.CandidatesOf(leaf)) {
      const Weighed& weighed = records_[candidate.record];
      const WordNumber part = records_.WordAt(weighed, fields.part);
      if (part == kNoWord) {
        Offer(leaf, candidate, best);
      } else {
        room_.parts.push_back(
            {candidate.record, records_.WordAt(weighed, fields.subject), part, FareOf(leaf, candidate)});
      }
    }
  }
  const std::size_t begin = room_.relied_on.size();
  if (best.found) room_.relied_on.push_back(best.record);
  return room_.parts.empty() ? best.fare : OrOfParts(best, course, begin);
}

// Subject by subject; the best whole of parts, or the record of the whole that was found.
Fare Judge::OrOfParts(const BestRecord& of_whole, const PreparedCourse& course, std::size_t begin) {
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
                                  [&](const PreparedParts& each) { return case_.Known(each.subject) == subject; });
  bool missing = known == in_parts.end();
  for (const WordNumber part : missing ? std::span<const WordNumber>() : profile_.Words(known->parts)) {
    const JudgeRoom::OfPart* best = nullptr;
    for (const JudgeRoom::OfPart& each : room_.parts) {
      const bool of_it = each.subject == subject && each.part == case_.Known(part);
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
