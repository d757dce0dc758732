// Single records against a leaf, and conditions that look at other records.
#include <algorithm>
#include <utility>

#include "credential/decision/judge.h"

namespace passport {
namespace {

bool IsAboutOthers(const Condition& condition) {
  return condition.test == Condition::Test::kSameIssuerAs || condition.test == Condition::Test::kSamePersonAs;
}

bool Shares(const Condition& condition, const Weighed& a, const Weighed& b) {
  return condition.test == Condition::Test::kSameIssuerAs ? *a.issuer == *b.issuer : a.holder == b.holder;
}

}  // namespace

std::vector<std::uint32_t> Judge::InOrderOfId() const {
  std::vector<std::uint32_t> order(records_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return SmallerId(a, b); });
  return order;
}

Ruling Judge::OfLeaf(const Need& need) {
  Ruling best;
  for (std::uint32_t i = 0; i < records_.size(); ++i) {
    if (const std::optional<Fare> fare = FareAgainst(need, records_[i])) Offer(i, *fare, best);
  }
  return best;
}

std::optional<Fare> Judge::FareAgainst(const Need& leaf, const Weighed& weighed) {
  if (&weighed.record->kind() != leaf.kind) return std::nullopt;
  if (leaf.form == Need::Form::kTraining) return FareOfTraining(leaf, weighed);
  for (const Condition& pick : leaf.picks) {
    if (scales_.Test(pick, weighed).answer != Held::Answer::kYes) return std::nullopt;
  }
  Fare fare;
  CountTheRest(leaf, weighed, fare);
  return fare;
}

void Judge::CountTheRest(const Need& leaf, const Weighed& weighed, Fare& fare) {
  for (const Condition& condition : leaf.conditions) {
    scales_.Count(IsAboutOthers(condition) ? TestAgainstOthers(condition, weighed) : scales_.Test(condition, weighed),
                  fare);
  }
  scales_.Count(scales_.NotExpired(weighed), fare);
  Scales::CountStanding(weighed, fare);
}

// Any record that meets the other requirement counts, not only the one its line names: else one more record could turn
// a yes into a no.
Held Judge::TestAgainstOthers(const Condition& condition, const Weighed& weighed) {
  Held held{.answer = Held::Answer::kNo, .reason = condition.otherwise};
  const Requirement* const other = FindRequirement(condition.words.front());
  if (other == nullptr) return held;
  for (const Meeting& meeting : MeetingOf(*other)) {
    if (!Shares(condition, weighed, records_[meeting.record])) continue;
    if (meeting.unsure == Reason::kNone) return {.answer = Held::Answer::kYes};
    if (held.answer == Held::Answer::kNo) held = {.answer = Held::Answer::kCannotTell, .reason = meeting.unsure};
  }
  return held;
}

std::vector<std::uint32_t> Judge::WitnessesOf(const Condition& condition, const Weighed& weighed) {
  std::vector<std::uint32_t> witnesses;
  if (!IsAboutOthers(condition)) return witnesses;
  const Requirement* const other = FindRequirement(condition.words.front());
  if (other == nullptr) return witnesses;
  const bool sure = TestAgainstOthers(condition, weighed).answer == Held::Answer::kYes;
  for (const Meeting& meeting : MeetingOf(*other)) {
    const bool shares = Shares(condition, weighed, records_[meeting.record]);
    if (shares && (meeting.unsure == Reason::kNone) == sure) witnesses.push_back(meeting.record);
  }
  return witnesses;
}

const std::vector<Judge::Meeting>& Judge::MeetingOf(const Requirement& requirement) {
  const auto at = static_cast<std::size_t>(&requirement - profile_.requirements().data());
  if (!meeting_[at]) {
    std::vector<Meeting> meeting;
    Collect(requirement.Referred(), meeting);
    std::stable_sort(meeting.begin(), meeting.end(),
                     [this](const Meeting& a, const Meeting& b) { return SmallerId(a.record, b.record); });
    meeting_[at] = std::move(meeting);
  }
  return *meeting_[at];
}

void Judge::Collect(const Need& need, std::vector<Meeting>& meeting) {
  if (!Applies(need.when)) return;
  switch (need.form) {
    case Need::Form::kAllOf:
    case Need::Form::kAnyOf:
      for (const Need& child : need.children) Collect(child, meeting);
      return;
    case Need::Form::kNoneOf:
      return;
    case Need::Form::kRecord:
    case Need::Form::kTraining:
      for (std::uint32_t i = 0; i < records_.size(); ++i) {
        const std::optional<Fare> fare = FareAgainst(need, records_[i]);
        if (fare && fare->outcome != Outcome::kNotMet) meeting.push_back({i, fare->reason});
      }
      return;
  }
}

}  // namespace passport
