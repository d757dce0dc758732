// Single records against a leaf, and conditions that look at other records.
#include <algorithm>

#include "credential/decision/judge.h"

namespace passport {
namespace {

// What is counted can only make a fare worse, or end it sooner; of two alike the one before decides. Of misses all
// conditions are counted to the end: the nearest is looked for.
bool IsBeaten(const Fare& fare, const Fare* by) {
  if (by == nullptr || fare.outcome < by->outcome) return false;
  return fare.outcome > by->outcome || (fare.outcome != Outcome::kNotMet && !HoldsLonger(fare, *by));
}

bool IsAboutOthers(const PreparedCondition& condition) {
  return condition.test == Condition::Test::kSameIssuerAs || condition.test == Condition::Test::kSamePersonAs;
}

bool Shares(const PreparedCondition& condition, const Weighed& a, const Weighed& b) {
  return condition.test == Condition::Test::kSameIssuerAs ? a.issuer == b.issuer : a.holder == b.holder;
}

}  // namespace

Fare Judge::RuleLeaf(const PreparedNeed& leaf) {
  BestRecord best = BestOnDays(leaf);
  if (!best.found) {
    for (const Candidate& candidate : case_.CandidatesOf(leaf)) Offer(leaf, candidate, best);
  }
  if (best.found) room_.relied_on.push_back(best.record);
  return best.fare;
}

// What meets a need is better than all that does not, and the first of them holds longest: only a warning can make a
// later one better.
Judge::BestRecord Judge::BestOnDays(const PreparedNeed& leaf) const {
  BestRecord best;
  for (const Meets& meets : case_.MeetsOf(leaf)) {
    if (records_[meets.record].standing != Standing::kGood || !scales_.Fits(meets)) continue;
    const Fare fare = scales_.FareOf(meets, case_.ConditionsOf(leaf));
    if (!best.found || fare.outcome < best.fare.outcome) best = {.found = true, .record = meets.record, .fare = fare};
    if (fare.outcome == Outcome::kMet) break;
  }
  return best;
}

void Judge::Offer(const PreparedNeed& leaf, const Candidate& candidate, BestRecord& best) {
  Fare fare;
  if (!Weigh(leaf, candidate, best.found ? &best.fare : nullptr, fare)) return;
  if (best.found && !IsBetter(fare, best.fare)) return;
  best = {.found = true, .record = candidate.record, .fare = fare};
}

std::optional<Fare> Judge::FareAgainst(const PreparedNeed& leaf, std::uint32_t record) {
  const std::span<const Candidate> candidates = case_.CandidatesOf(leaf);
  const auto at = std::lower_bound(candidates.begin(), candidates.end(), record,
                                   [](const Candidate& each, std::uint32_t wanted) { return each.record < wanted; });
  if (at == candidates.end() || at->record != record) return std::nullopt;
  return FareOf(leaf, *at);
}

Fare Judge::FareOf(const PreparedNeed& leaf, const Candidate& candidate) {
  Fare fare;
  Weigh(leaf, candidate, nullptr, fare);
  return fare;
}

bool Judge::Weigh(const PreparedNeed& leaf, const Candidate& candidate, const Fare* best, Fare& fare) {
  const Weighed& weighed = records_[candidate.record];
  if (leaf.form == Need::Form::kTraining) {
    Scales::YesIf(!candidate.too_low, Reason::kLevelTooLow, fare);
    if (IsBeaten(fare, best)) return false;
    scales_.Count(case_.SpanOfCourse(leaf, weighed), Reason::kTooOld, fare);
  }
  for (const PreparedCondition& condition : profile_.Conditions(leaf.conditions)) {
    if (IsBeaten(fare, best)) return false;
    Test(condition, weighed, fare);
  }
  if (IsBeaten(fare, best)) return false;
  scales_.CountCredential(weighed, fare);
  return true;
}

bool Judge::IsText(WordNumber word, const OrganisationId& organisation) const {
  return word != kNoWord && records_.words().TextOf(word) == organisation.text();
}

void Judge::Test(const PreparedCondition& condition, const Weighed& weighed, Fare& fare) {
  const Reason no = condition.otherwise;
  if (IsOfRecord(condition.test)) {
    scales_.Count(case_.SpanOf(condition, weighed), no, fare);
  } else if (condition.test == Condition::Test::kIsPlace) {
    Scales::YesIf(IsText(records_.WordAt(weighed, condition.field), duty_.place()), no, fare);
  } else if (condition.test == Condition::Test::kIssuerIs) {
    Scales::YesIf(IsText(weighed.issuer, condition.of_place ? duty_.place() : duty_.receiver()), no, fare);
  } else {
    TestAgainstOthers(condition, weighed, fare);
  }
}

// Any record that meets the other requirement counts, not only the one its line names: else one more record could turn
// a yes into a no.
void Judge::TestAgainstOthers(const PreparedCondition& condition, const Weighed& weighed, Fare& fare) {
  const PreparedRequirement* const other = ReferredBy(condition);
  if (other == nullptr) return Scales::No(condition.otherwise, fare);
  Reason unsure = Reason::kNone;
  for (const Meeting& meeting : MeetingOf(*other)) {
    if (!Shares(condition, weighed, records_[meeting.record])) continue;
    if (meeting.unsure == Reason::kNone) return Scales::Yes(fare);
    if (unsure == Reason::kNone) unsure = meeting.unsure;
  }
  return unsure == Reason::kNone ? Scales::No(condition.otherwise, fare) : Scales::CannotTell(unsure, fare);
}

std::vector<std::uint32_t> Judge::WitnessesOf(const PreparedCondition& condition, std::uint32_t record) {
  std::vector<std::uint32_t> witnesses;
  const PreparedRequirement* const other = IsAboutOthers(condition) ? ReferredBy(condition) : nullptr;
  if (other == nullptr) return witnesses;
  const Weighed& weighed = records_[record];
  Fare fare;
  TestAgainstOthers(condition, weighed, fare);
  const bool sure = fare.outcome == Outcome::kMet;
  for (const Meeting& meeting : MeetingOf(*other)) {
    const bool shares = Shares(condition, weighed, records_[meeting.record]);
    if (shares && (meeting.unsure == Reason::kNone) == sure) witnesses.push_back(meeting.record);
  }
  return witnesses;
}

const std::vector<Judge::Meeting>& Judge::MeetingOf(const PreparedRequirement& requirement) {
  JudgeRoom::Meetings& meetings =
      room_.meetings[static_cast<std::size_t>(&requirement - profile_.requirements().data())];
  if (!meetings.known) {
    meetings.all.clear();
    Collect(profile_.need(requirement.referred), meetings.all);
    meetings.known = true;
  }
  return meetings.all;
}

void Judge::Collect(const PreparedNeed& need, std::vector<Meeting>& meeting) {
  if (!Applies(need.when) || need.form == Need::Form::kNoneOf) return;
  if (need.form == Need::Form::kAllOf || need.form == Need::Form::kAnyOf) {
    for (const PreparedNeed& child : NeedsIn(need)) Collect(child, meeting);
    return;
  }
  for (const Candidate& candidate : case_.CandidatesOf(need)) {
    const Fare fare = FareOf(need, candidate);
    if (fare.outcome == Outcome::kNotMet) continue;
    const auto behind = std::upper_bound(meeting.begin(), meeting.end(), candidate.record,
                                         [](std::uint32_t at, const Meeting& each) { return at < each.record; });
    meeting.insert(behind, {candidate.record, fare.reason});
  }
}

}  // namespace passport
