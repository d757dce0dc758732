#include "credential/decision/judge.h"

#include <algorithm>

namespace passport {
namespace {

constexpr Fare kNothingThere{.outcome = Outcome::kNotMet, .reason = Reason::kRecordMissing};

}  // namespace

bool Judge::Better(const Fare& a, std::span<const std::uint32_t> records_of_a, const Fare& b,
                   std::span<const std::uint32_t> records_of_b) {
  if (IsBetter(a, b)) return true;
  if (IsBetter(b, a)) return false;
  return std::lexicographical_compare(records_of_a.begin(), records_of_a.end(), records_of_b.begin(),
                                      records_of_b.end());
}

Judge::Judge(const WeighedCase& weighed, const Duty& duty, JudgeRoom& room)
    : case_(weighed),
      profile_(weighed.profile()),
      records_(weighed.records()),
      duty_(duty),
      scales_(duty, profile_.profile().expiring_within_days()),
      room_(room) {
  room_.relied_on.clear();
  if (room_.meetings.size() < profile_.requirements().size()) room_.meetings.resize(profile_.requirements().size());
  for (JudgeRoom::Meetings& each : room_.meetings) each.known = false;
}

void Judge::Join(const Fare& child, std::size_t begin, std::size_t child_begin, Fare& whole) {
  if (child.outcome > whole.outcome) {
    whole.outcome = child.outcome;
    whole.reason = child.reason;
  }
  whole.satisfied += child.satisfied;
  if (HoldsLonger(whole, child)) whole.holds_through = child.holds_through;
  std::vector<std::uint32_t>& all = room_.relied_on;
  const auto at = [&](std::size_t position) { return all.begin() + static_cast<std::ptrdiff_t>(position); };
  std::size_t end = child_begin;  // of the records of the whole
  for (std::size_t i = child_begin; i < all.size(); ++i) {
    const auto place = std::lower_bound(at(begin), at(end), all[i]);
    if (place != at(end) && *place == all[i]) continue;
    std::rotate(place, at(i), at(i) + 1);
    ++end;
  }
  all.resize(end);
}

Fare Judge::Of(const PreparedNeed& need, std::span<const std::uint32_t>& relied_on) {
  room_.relied_on.clear();
  const Fare fare = Rule(need);
  relied_on = room_.relied_on;
  return fare;
}

Ruling Judge::RulingOf(const PreparedNeed& need) {
  std::span<const std::uint32_t> relied_on;
  const Fare fare = Of(need, relied_on);
  return {.fare = fare, .relied_on = {relied_on.begin(), relied_on.end()}};
}

std::pair<const PreparedNeed*, Ruling> Judge::BestChild(const PreparedNeed& need) {
  room_.relied_on.clear();
  const PreparedNeed* best = nullptr;
  const Fare fare = RuleAny(need, &best);
  return {best, {.fare = fare, .relied_on = room_.relied_on}};
}

Fare Judge::Rule(const PreparedNeed& need) {
  switch (need.form) {
    case Need::Form::kRecord:
      return RuleLeaf(need);
    case Need::Form::kTraining:
      return RuleTraining(need);
    case Need::Form::kAllOf:
      return RuleAll(need);
    case Need::Form::kAnyOf: {
      const PreparedNeed* best = nullptr;
      return RuleAny(need, &best);
    }
    case Need::Form::kNoneOf:
      return RuleNone(need);
  }
  return kNothingThere;
}

Fare Judge::RuleAll(const PreparedNeed& need) {
  Fare whole;
  bool any = false;
  const std::size_t begin = room_.relied_on.size();
  for (const PreparedNeed& child : NeedsIn(need)) {
    if (!Applies(child.when)) continue;
    any = true;
    const std::size_t child_begin = room_.relied_on.size();
    const Fare fare = Rule(child);
    Join(fare, begin, child_begin, whole);
  }
  return any ? whole : kNothingThere;
}

Fare Judge::RuleAny(const PreparedNeed& need, const PreparedNeed** best_child) {
  Fare best = kNothingThere;
  std::vector<std::uint32_t>& all = room_.relied_on;
  const std::size_t begin = all.size();
  for (const PreparedNeed& child : NeedsIn(need)) {
    if (!Applies(child.when)) continue;
    const std::size_t child_begin = all.size();
    const Fare fare = Rule(child);
    if (*best_child == nullptr || Better(fare, Relied(child_begin, all.size()), best, Relied(begin, child_begin))) {
      *best_child = &child;
      best = fare;
      DropRelied(begin, child_begin);
    } else {
      all.resize(child_begin);
    }
  }
  return best;
}

// Whether a child of none_of picks a record, as far as the facts that were shown say.
Judge::Picked Judge::PickedBy(const PreparedNeed& child, const Weighed& weighed) {
  if (weighed.kind != child.need->kind) return Picked::kNo;
  Picked picked = Picked::kYes;
  for (const PreparedCondition& pick : profile_.Conditions(child.picks)) {
    const WordNumber fact = records_.WordAt(weighed, pick.field);
    if (fact == kNoWord && pick.by_choice) {
      picked = Picked::kMaybe;
    } else if (!case_.IsAmong(fact, pick.words)) {
      return Picked::kNo;
    }
  }
  return picked;
}

// A fact that was kept back could be the very one that rules the role out: silence is not a no. Nor is a suspended
// record: it may come back tomorrow.
Fare Judge::RuleNone(const PreparedNeed& need) {
  Fare whole{.satisfied = 1};
  if (records_.registry() != Reason::kNone) whole = {.outcome = Outcome::kCannotTell, .reason = records_.registry()};
  const std::size_t begin = room_.relied_on.size();
  for (std::uint32_t record = 0; record < records_.size(); ++record) {
    const Weighed& weighed = records_[record];
    if (weighed.standing == Standing::kRevoked) continue;
    Picked picked = Picked::kNo;
    for (const PreparedNeed& child : NeedsIn(need)) picked = std::max(picked, PickedBy(child, weighed));
    if (picked == Picked::kNo) continue;
    Fare one{.outcome = Outcome::kNotMet, .reason = Reason::kExcluded};
    if (weighed.standing != Standing::kGood) {
      one = {.outcome = Outcome::kCannotTell, .reason = weighed.standing_reason};
    } else if (picked == Picked::kMaybe) {
      one = {.outcome = Outcome::kCannotTell, .reason = Reason::kClaims};
    }
    const std::size_t one_begin = room_.relied_on.size();
    room_.relied_on.push_back(record);
    Join(one, begin, one_begin, whole);
  }
  if (whole.outcome != Outcome::kMet) whole.satisfied = 0;
  return whole;
}

const PreparedRequirement* Judge::ReferredBy(const PreparedCondition& condition) const {
  if (condition.refers_to >= profile_.requirements().size()) return nullptr;
  const PreparedRequirement& other = profile_.requirements()[condition.refers_to];
  return Applies(other.requirement->when) ? &other : nullptr;
}

}  // namespace passport
