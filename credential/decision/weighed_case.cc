#include "credential/decision/weighed_case.h"

#include <algorithm>
#include <limits>

namespace passport {
namespace {

constexpr Span kNever{.ever = false};

Span SpanIf(bool ever) { return {.ever = ever}; }

constexpr int kCalendarYears = 300;  // 1900 to 2199

// The first days of all months.
const std::vector<CivilDay>& FirstDays() {
  static const std::vector<CivilDay> days = [] {
    std::vector<CivilDay> firsts;
    for (int month = 0; month < kCalendarYears * 12; ++month)
      firsts.push_back(CivilDay::Of(1900 + month / 12, month % 12 + 1, 1).value());
    return firsts;
  }();
  return days;
}

CivilDay FirstDayOfAll() { return FirstDays().front(); }
CivilDay LastDayOfAll() {
  static const CivilDay day = CivilDay::Of(1899 + kCalendarYears, 12, 31).value();
  return day;
}

// A day that must not be longer ago than allowed, and not to come. `months` nothing: however long ago.
Span WithinMonths(const WeighedDay* from, std::optional<int> months, bool through_shift) {
  if (from == nullptr) return kNever;
  if (!months) return {.from = from->day};
  return {.from = from->day, .through = MonthsAfter(*from, *months), .through_shift = through_shift};
}

bool EndsLater(const std::optional<CivilDay>& a, const std::optional<CivilDay>& b) { return b && (!a || *a > *b); }

void Narrow(const Span& span, Meets& meets) {
  if (span.from) meets.begins = std::max(meets.begins, *span.from);
  if (!span.through) return;
  CivilDay& ends = span.through_shift ? meets.ends_shift : meets.ends;
  ends = std::min(ends, *span.through);
  if (!span.recheck) meets.warns = std::min(meets.warns, *span.through);
  if (!meets.holds_through || *span.through < *meets.holds_through) meets.holds_through = span.through;
}

}  // namespace

CivilDay MonthsAfter(const WeighedDay& from, int months) {
  constexpr int kInEveryMonth = 28;
  const std::vector<CivilDay>& firsts = FirstDays();
  const std::size_t month = static_cast<std::size_t>(from.months) + static_cast<std::size_t>(months);
  // The last months of the calendar, where days are cut off at its end.
  if (month + 1 >= firsts.size()) return from.day.PlusMonths(months);
  const CivilDay day = firsts[month].PlusDays(from.day_of_it - 1);
  if (from.day_of_it <= kInEveryMonth || day < firsts[month + 1]) return day;
  return firsts[month + 1].PlusDays(-1);
}

WeighedCase::WeighedCase(const PreparedProfile& profile, const WeighedRecords& records, Days days)
    : profile_(&profile), records_(&records), rows_(profile.needs().size()) {
  known_words_.reserve(profile.words().size());
  for (WordNumber word = 0; word < profile.words().size(); ++word)
    known_words_.push_back(records.words().Find(profile.words().TextOf(word), profile.words().HashOf(word)));
  for (const PreparedNeed& need : profile.needs()) {
    if (need.form != Need::Form::kRecord && need.form != Need::Form::kTraining) continue;
    Row& row = rows_[PositionOf(need)];
    LookAt(need, row);
    if (days == Days::kAhead) FindDays(need, row);
  }
}

void WeighedCase::LookAt(const PreparedNeed& leaf, Row& row) {
  row.candidates.begin = static_cast<std::uint32_t>(candidates_.size());
  for (const std::uint32_t record : records_->OfKind(leaf.kind)) {
    if (const std::optional<Candidate> candidate = CandidateFor(leaf, record)) candidates_.push_back(*candidate);
  }
  row.candidates.end = static_cast<std::uint32_t>(candidates_.size());
}

void WeighedCase::FindDays(const PreparedNeed& leaf, Row& row) {
  const std::span<const Candidate> candidates = CandidatesOf(leaf);
  if (!IsTold(leaf, candidates)) return;
  // Besides its conditions the credential's own end; of a course that it covers and when it was achieved.
  row.conditions = leaf.conditions.end - leaf.conditions.begin + (leaf.form == Need::Form::kTraining ? 3 : 1);
  row.meets.begin = static_cast<std::uint32_t>(meets_.size());
  for (const Candidate& candidate : candidates) {
    if (candidate.too_low) continue;
    if (const std::optional<Meets> meets = MeetsOn(leaf, candidate.record)) meets_.push_back(*meets);
  }
  row.meets.end = static_cast<std::uint32_t>(meets_.size());
  std::sort(meets_.begin() + row.meets.begin, meets_.end(), [](const Meets& a, const Meets& b) {
    if (a.holds_through != b.holds_through) return EndsLater(a.holds_through, b.holds_through);
    return a.record < b.record;
  });
}

std::optional<Candidate> WeighedCase::CandidateFor(const PreparedNeed& leaf, std::uint32_t record) const {
  const Weighed& weighed = (*records_)[record];
  if (leaf.form == Need::Form::kRecord) {
    const std::span<const PreparedCondition> picks = profile_->Conditions(leaf.picks);
    const bool picked = std::all_of(picks.begin(), picks.end(), [&](const PreparedCondition& pick) {
      return IsAmong(records_->WordAt(weighed, pick.field), pick.words);
    });
    return picked ? std::optional(Candidate{.record = record, .too_low = false}) : std::nullopt;
  }
  const CourseFields& fields = profile_->course_fields();
  const PreparedCourse& course = profile_->course(leaf.course);
  const WordNumber subject = records_->WordAt(weighed, fields.subject);
  const int level = records_->NumberAt(weighed, fields.level);
  if (subject == kNoWord || level < 0 || !course.known) return std::nullopt;
  const std::span<const PreparedCover> covers = profile_->Covers(course.covers);
  const bool covered = std::any_of(covers.begin(), covers.end(), [&](const PreparedCover& cover) {
    return Known(cover.subject) == subject && cover.level_min <= level && level <= cover.level_max;
  });
  const bool too_low = !covered && level < course.level && Known(course.subject) == subject;
  if (!covered && !too_low) return std::nullopt;
  return Candidate{.record = record, .too_low = too_low};
}

// Whether days and facts of each record alone say if it meets the leaf.
bool WeighedCase::IsTold(const PreparedNeed& leaf, std::span<const Candidate> candidates) const {
  const std::span<const PreparedCondition> conditions = profile_->Conditions(leaf.conditions);
  const bool by_itself = std::all_of(conditions.begin(), conditions.end(),
                                     [](const PreparedCondition& each) { return IsOfRecord(each.test); });
  if (leaf.form == Need::Form::kRecord) return by_itself;
  const std::uint32_t part = profile_->course_fields().part;
  return by_itself && std::none_of(candidates.begin(), candidates.end(), [&](const Candidate& each) {
           return records_->WordAt((*records_)[each.record], part) != kNoWord;
         });
}

std::optional<Meets> WeighedCase::MeetsOn(const PreparedNeed& leaf, std::uint32_t record) const {
  const Weighed& weighed = (*records_)[record];
  Meets meets{.record = record,
              .begins = FirstDayOfAll(),
              .ends = LastDayOfAll(),
              .ends_shift = LastDayOfAll(),
              .warns = LastDayOfAll(),
              .holds_through = std::nullopt,
              .expires_at = weighed.expires_at.value_or(Instant{std::numeric_limits<std::int64_t>::max()})};
  if (leaf.form == Need::Form::kTraining) {
    const Span course = SpanOfCourse(leaf, weighed);
    if (!course.ever) return std::nullopt;
    Narrow(course, meets);
  }
  for (const PreparedCondition& condition : profile_->Conditions(leaf.conditions)) {
    const Span span = SpanOf(condition, weighed);
    if (!span.ever) return std::nullopt;
    Narrow(span, meets);
  }
  if (weighed.runs_through) {
    // By the hour, not by the day, it must outlast the start of the duty.
    meets.warns = std::min(meets.warns, *weighed.runs_through);
    if (!meets.holds_through || *weighed.runs_through < *meets.holds_through)
      meets.holds_through = weighed.runs_through;
  }
  return meets;
}

Span WeighedCase::SpanOfCourse(const PreparedNeed& leaf, const Weighed& weighed) const {
  const WeighedDay* const achieved = records_->DayAt(weighed, profile_->course_fields().achieved_on);
  return WithinMonths(achieved, profile_->course(leaf.course).months, leaf.need->through_shift);
}

// A fact that was not shown satisfies nothing, except "ends on", where absence means no end.
Span WeighedCase::SpanOf(const PreparedCondition& condition, const Weighed& weighed) const {
  const auto word = [&] { return records_->WordAt(weighed, condition.field); };
  const auto day = [&] { return records_->DayAt(weighed, condition.field); };
  switch (condition.test) {
    case Condition::Test::kOneOf:
      return SpanIf(IsAmong(word(), condition.words));
    case Condition::Test::kAtLeast:
      return SpanIf(records_->NumberAt(weighed, condition.field) >= condition.amount);
    case Condition::Test::kAssurance:
      return SpanIf(weighed.grade >= condition.amount);
    case Condition::Test::kIssuerType:
      return SpanIf(IsAmong(weighed.issuer_type, condition.words));
    case Condition::Test::kWithinMonths:
      return WithinMonths(day(), condition.amount, condition.through_shift);
    case Condition::Test::kWithinDays: {
      if (day() == nullptr) return kNever;
      return {.from = day()->day,
              .through = day()->day.PlusDays(condition.amount),
              .through_shift = condition.through_shift,
              .recheck = condition.amount <= profile_->profile().expiring_within_days()};
    }
    case Condition::Test::kNotBeforeDay:
      if (day() == nullptr) return {};
      return {.through = day()->day, .through_shift = condition.through_shift};
    case Condition::Test::kNotAfterDay:
      if (day() == nullptr) return kNever;
      return {.from = day()->day, .is_start = true};
    case Condition::Test::kIsPlace:
    case Condition::Test::kIssuerIs:
    case Condition::Test::kSameIssuerAs:
    case Condition::Test::kSamePersonAs:
      break;  // not IsOfRecord
  }
  return kNever;
}

bool WeighedCase::IsAmong(WordNumber word, RowPart words) const {
  if (word == kNoWord) return false;
  const std::span<const WordNumber> all = profile_->Words(words);
  return std::any_of(all.begin(), all.end(), [&](WordNumber each) { return Known(each) == word; });
}

}  // namespace passport
