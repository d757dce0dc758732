#include "credential/decision/judge.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

// True if `a` ends later; no end is later than any.
bool HoldsLonger(const Fare& a, const Fare& b) {
  if (!a.holds_through || !b.holds_through) return !a.holds_through && b.holds_through;
  return *a.holds_through > *b.holds_through;
}

enum class Picked : std::uint8_t { kNo, kMaybe, kYes };

// Whether a child of none_of picks a record, as far as the facts that were shown say.
Picked PickedBy(const Need& child, const Weighed& weighed) {
  if (&weighed.record->kind() != child.kind) return Picked::kNo;
  Picked picked = Picked::kYes;
  for (const Condition& pick : child.picks) {
    const std::string* fact = FindFact(*weighed.record, pick.fact);
    if (fact == nullptr && pick.fact->showing == Showing::kByChoice) {
      picked = Picked::kMaybe;
    } else if (fact == nullptr || std::find(pick.words.begin(), pick.words.end(), *fact) == pick.words.end()) {
      return Picked::kNo;
    }
  }
  return picked;
}

}  // namespace

Judge::Judge(const RoleProfile& profile, const Terms& terms, const Duty& duty, std::vector<Weighed> records,
             Reason registry)
    : profile_(profile),
      terms_(terms),
      duty_(duty),
      scales_(duty, profile.expiring_within_days()),
      records_(std::move(records)),
      registry_(registry),
      meeting_(profile.requirements().size()) {
  for (Weighed& weighed : records_) {
    if (weighed.expires_at) weighed.runs_through = CivilDay::InLondon(*weighed.expires_at - Seconds{1});
  }
}

bool Judge::Better(const Fare& a, std::span<const std::uint32_t> records_of_a, const Fare& b,
                   std::span<const std::uint32_t> records_of_b) const {
  if (a.outcome != b.outcome) return a.outcome < b.outcome;
  if (a.outcome == Outcome::kNotMet && a.satisfied != b.satisfied) return a.satisfied > b.satisfied;
  if (HoldsLonger(a, b)) return true;
  if (HoldsLonger(b, a)) return false;
  return std::lexicographical_compare(records_of_a.begin(), records_of_a.end(), records_of_b.begin(),
                                      records_of_b.end(),
                                      [this](std::uint32_t x, std::uint32_t y) { return SmallerId(x, y); });
}

void Judge::Offer(std::uint32_t record, const Fare& fare, Ruling& best) const {
  if (!best.relied_on.empty() && !Better(fare, {&record, 1}, best.fare, best.relied_on)) return;
  best.fare = fare;
  best.relied_on.assign(1, record);
}

void Judge::Join(const Ruling& child, Ruling& whole) const {
  if (child.fare.outcome > whole.fare.outcome) {
    whole.fare.outcome = child.fare.outcome;
    whole.fare.reason = child.fare.reason;
  }
  whole.fare.satisfied += child.fare.satisfied;
  if (HoldsLonger(whole.fare, child.fare)) whole.fare.holds_through = child.fare.holds_through;
  for (const std::uint32_t record : child.relied_on) {
    const auto at = std::lower_bound(whole.relied_on.begin(), whole.relied_on.end(), record,
                                     [this](std::uint32_t x, std::uint32_t y) { return SmallerId(x, y); });
    if (at == whole.relied_on.end() || *at != record) whole.relied_on.insert(at, record);
  }
}

Ruling Judge::Of(const Need& need) {
  switch (need.form) {
    case Need::Form::kRecord:
      return OfLeaf(need);
    case Need::Form::kTraining:
      return OfTraining(need);
    case Need::Form::kAllOf:
      return OfAll(need);
    case Need::Form::kAnyOf:
      return BestChild(need).second;
    case Need::Form::kNoneOf:
      return OfNone(need);
  }
  return {};
}

Ruling Judge::OfAll(const Need& need) {
  Ruling whole{.fare = {}, .relied_on = {}};
  bool any = false;
  for (const Need& child : need.children) {
    if (!Applies(child.when)) continue;
    any = true;
    Join(Of(child), whole);
  }
  return any ? whole : Ruling{};
}

std::pair<const Need*, Ruling> Judge::BestChild(const Need& need) {
  std::pair<const Need*, Ruling> best{nullptr, {}};
  for (const Need& child : need.children) {
    if (!Applies(child.when)) continue;
    Ruling ruling = Of(child);
    if (best.first == nullptr || Better(ruling.fare, ruling.relied_on, best.second.fare, best.second.relied_on))
      best = {&child, std::move(ruling)};
  }
  return best;
}

// A fact that was kept back could be the very one that rules the role out: silence is not a no. Nor is a suspended
// record: it may come back tomorrow.
Ruling Judge::OfNone(const Need& need) const {
  Ruling whole{.fare = {.satisfied = 1}, .relied_on = {}};
  if (registry_ != Reason::kNone) whole.fare = {.outcome = Outcome::kCannotTell, .reason = registry_};
  for (const std::uint32_t record : InOrderOfId()) {
    const Weighed& weighed = records_[record];
    Picked picked = Picked::kNo;
    for (const Need& child : need.children) picked = std::max(picked, PickedBy(child, weighed));
    if (picked == Picked::kNo || weighed.standing == Standing::kRevoked) continue;
    Ruling one{.fare = {.outcome = Outcome::kNotMet, .reason = Reason::kExcluded}, .relied_on = {record}};
    if (weighed.standing != Standing::kGood) {
      one.fare = {.outcome = Outcome::kCannotTell, .reason = weighed.standing_reason};
    } else if (picked == Picked::kMaybe) {
      one.fare = {.outcome = Outcome::kCannotTell, .reason = Reason::kClaims};
    }
    Join(one, whole);
  }
  if (whole.fare.outcome != Outcome::kMet) whole.fare.satisfied = 0;
  return whole;
}

const Requirement* Judge::FindRequirement(std::string_view id) const {
  for (const Requirement& requirement : profile_.requirements()) {
    if (requirement.id == id) return Applies(requirement.when) ? &requirement : nullptr;
  }
  return nullptr;
}

}  // namespace passport
