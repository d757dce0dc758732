// Single records against a leaf, and conditions that look at other records.
#include <algorithm>

#include "credential/decision/judge.h"

namespace passport {
namespace {

bool IsAboutOthers(const PreparedCondition& condition) {
  return condition.test == Condition::Test::kSameIssuerAs || condition.test == Condition::Test::kSamePersonAs;
}

bool Shares(const PreparedCondition& condition, const Weighed& a, const Weighed& b) {
  return condition.test == Condition::Test::kSameIssuerAs ? a.issuer == b.issuer : a.holder == b.holder;
}

}  // namespace

Fare Judge::RuleLeaf(const PreparedNeed& leaf) {
  BestRecord best;
  for (const std::uint32_t record : records_.OfKind(leaf.kind)) best.Offer(*this, leaf, record);
  if (best.found) room_.relied_on.push_back(best.record);
  return best.fare;
}

std::optional<Fare> Judge::FareAgainst(const PreparedNeed& leaf, std::uint32_t record) {
  const Weighed& weighed = records_[record];
  Fare fare;
  const bool counts = weighed.kind == leaf.need->kind && Weigh(leaf, weighed, nullptr, fare);
  return counts ? std::optional(fare) : std::nullopt;
}

bool Judge::Weigh(const PreparedNeed& leaf, const Weighed& weighed, const Fare* best, Fare& fare) {
  if (leaf.form == Need::Form::kTraining) return WeighCourse(leaf, weighed, best, fare);
  for (const PreparedCondition& pick : profile_.Conditions(leaf.picks)) {
    if (!IsAmong(records_.WordAt(weighed, pick.field), pick.words)) return false;
  }
  return WeighTheRest(leaf, weighed, best, fare);
}

bool Judge::WeighTheRest(const PreparedNeed& leaf, const Weighed& weighed, const Fare* best, Fare& fare) {
  for (const PreparedCondition& condition : profile_.Conditions(leaf.conditions)) {
    if (IsBeaten(fare, best)) return false;
    Test(condition, weighed, fare);
  }
  if (IsBeaten(fare, best)) return false;
  scales_.CountCredential(weighed, fare);
  return true;
}

bool Judge::IsAmong(WordNumber word, RowPart words) {
  if (word == kNoWord) return false;
  const std::span<const WordNumber> all = profile_.Words(words);
  return std::any_of(all.begin(), all.end(), [&](WordNumber each) { return Known(each) == word; });
}

bool Judge::IsText(WordNumber word, const OrganisationId& organisation) const {
  return word != kNoWord && records_.words().TextOf(word) == organisation.text();
}

// A fact that was not shown satisfies nothing, except "ends on", where absence means no end.
void Judge::Test(const PreparedCondition& condition, const Weighed& weighed, Fare& fare) {
  const Reason no = condition.otherwise;
  const auto word = [&] { return records_.WordAt(weighed, condition.field); };
  const auto day = [&] { return records_.DayAt(weighed, condition.field); };
  switch (condition.test) {
    case Condition::Test::kOneOf:
      return Scales::YesIf(IsAmong(word(), condition.words), no, fare);
    case Condition::Test::kAtLeast:
      return Scales::YesIf(records_.NumberAt(weighed, condition.field) >= condition.amount, no, fare);
    case Condition::Test::kAssurance:
      return Scales::YesIf(weighed.grade >= condition.amount, no, fare);
    case Condition::Test::kWithinMonths:
      return scales_.Within(day(), condition.amount, condition.through_shift, no, fare);
    case Condition::Test::kWithinDays:
      return scales_.WithinDays(day(), condition.amount, condition.through_shift, no, fare);
    case Condition::Test::kNotBeforeDay:
      return scales_.NotBefore(day(), condition.through_shift, no, fare);
    case Condition::Test::kNotAfterDay:
      return scales_.NotAfter(day(), no, fare);
    case Condition::Test::kIsPlace:
      return Scales::YesIf(IsText(word(), duty_.place()), no, fare);
    case Condition::Test::kIssuerType:
      return Scales::YesIf(IsAmong(weighed.issuer_type, condition.words), no, fare);
    case Condition::Test::kIssuerIs:
      return Scales::YesIf(IsText(weighed.issuer, condition.of_place ? duty_.place() : duty_.receiver()), no, fare);
    case Condition::Test::kSameIssuerAs:
    case Condition::Test::kSamePersonAs:
      return TestAgainstOthers(condition, weighed, fare);
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
  for (const std::uint32_t record : records_.OfKind(need.kind)) {
    const std::optional<Fare> fare = FareAgainst(need, record);
    if (!fare || fare->outcome == Outcome::kNotMet) continue;
    const auto behind = std::upper_bound(meeting.begin(), meeting.end(), record,
                                         [](std::uint32_t at, const Meeting& each) { return at < each.record; });
    meeting.insert(behind, {record, fare->reason});
  }
}

}  // namespace passport
