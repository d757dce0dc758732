// What to show: of the records that fare equally well by the ranking of a decision those that reveal least, and of them
// the facts that are asked and how they were checked.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "credential/decision/judge.h"

namespace passport {
namespace {

std::vector<Weighable> WeighableHeld(const std::vector<HeldRecord>& held) {
  std::vector<Weighable> all;
  all.reserve(held.size());
  for (const HeldRecord& each : held) {
    const Reason reason = each.standing == Standing::kGood        ? Reason::kNone
                          : each.standing == Standing::kRevoked   ? Reason::kRevoked
                          : each.standing == Standing::kSuspended ? Reason::kSuspended
                                                                  : Reason::kStatusUnknown;
    all.push_back({.credential = &each.credential,
                   .record = each.record,
                   .issuer = &each.issuer,
                   .issuer_type = each.issuer_type,
                   .holder = {},  // all of one passport
                   .expires_at = each.expires_at,
                   .standing = each.standing,
                   .standing_reason = reason});
  }
  return all;
}

// Where there is a choice: between records for a leaf, alternatives of any_of, or witnesses of a condition for a
// record.
struct ChoicePoint {
  const void* of;
  std::uint32_t record;
  auto operator<=>(const ChoicePoint&) const = default;
};
// Which of the options is taken; the first, which the decision itself would take, where nothing is said.
using ChoicePlan = std::map<ChoicePoint, std::size_t>;

// The records that together satisfy a leaf as well as any others do, by the ranking of the decision.
using Ways = std::vector<std::vector<std::uint32_t>>;

bool IsMet(Outcome outcome) { return outcome == Outcome::kMet || outcome == Outcome::kMetExpiring; }

// The ways of every leaf, found once.
class AllWays {
 public:
  explicit AllWays(Judge& judge) : judge_(judge) {}
  const Ways& Of(const PreparedNeed& leaf) {
    const auto at = ways_.find(&leaf);
    return at != ways_.end() ? at->second : ways_.emplace(&leaf, Find(leaf)).first->second;
  }
  // Of any_of: the children that fare as well as the best one, that one first.
  const std::vector<const PreparedNeed*>& ChildrenOf(const PreparedNeed& any_of) {
    const auto at = children_.find(&any_of);
    return at != children_.end() ? at->second : children_.emplace(&any_of, FindChildren(any_of)).first->second;
  }

 private:
  // What does not satisfy is shown as the decision ranks it: the nearest miss says what is missing.
  Ways Find(const PreparedNeed& leaf) {
    const Ruling best = judge_.RulingOf(leaf);
    if (best.relied_on.empty()) return {};
    Ways ways = {best.relied_on};
    if (!IsMet(best.fare.outcome)) return ways;
    for (const std::uint32_t record : AsGiven(leaf)) {
      if (judge_.IsOfPart(leaf, record) || ways.front() == std::vector{record}) continue;
      const std::optional<Fare> fare = judge_.FareAgainst(leaf, record);
      if (fare && fare->outcome == best.fare.outcome) ways.push_back({record});
    }
    return ways;
  }

  // The records a leaf looks at, in the order in which the holder has them.
  std::vector<std::uint32_t> AsGiven(const PreparedNeed& leaf) const {
    std::vector<std::uint32_t> records;
    for (const Candidate& each : judge_.weighed_case().CandidatesOf(leaf)) records.push_back(each.record);
    std::sort(records.begin(), records.end(), [this](std::uint32_t a, std::uint32_t b) {
      return judge_.records()[a].given < judge_.records()[b].given;
    });
    return records;
  }

  std::vector<const PreparedNeed*> FindChildren(const PreparedNeed& any_of) {
    const auto [best, ruling] = judge_.BestChild(any_of);
    if (best == nullptr) return {};
    std::vector<const PreparedNeed*> children = {best};
    if (!IsMet(ruling.fare.outcome)) return children;
    for (const PreparedNeed& child : NeedsIn(any_of)) {
      const bool other = &child != best && judge_.Applies(child.when);
      if (other && judge_.RulingOf(child).fare.outcome == ruling.fare.outcome) children.push_back(&child);
    }
    return children;
  }

  Judge& judge_;
  std::map<const PreparedNeed*, Ways> ways_;
  std::map<const PreparedNeed*, std::vector<const PreparedNeed*>> children_;
};

// One way through a profile, by a plan.
class Chooser {
 public:
  Chooser(Judge& judge, std::span<const HeldRecord> held, AllWays& ways, const ChoicePlan& plan)
      : judge_(judge), held_(held), ways_(ways), plan_(plan) {}

  void ShowFor(const PreparedNeed& need) {
    if (!judge_.Applies(need.when)) return;
    switch (need.form) {
      case Need::Form::kAllOf:
        for (const PreparedNeed& child : NeedsIn(need)) ShowFor(child);
        return;
      case Need::Form::kAnyOf: {
        const std::vector<const PreparedNeed*>& children = ways_.ChildrenOf(need);
        if (!children.empty()) ShowFor(*children[Take({&need, 0}, children.size())]);
        return;
      }
      case Need::Form::kNoneOf:
        return;  // ShowNotIfs
      case Need::Form::kRecord:
      case Need::Form::kTraining: {
        const Ways& ways = ways_.Of(need);
        if (ways.empty()) return;
        for (const std::uint32_t record : ways[Take({&need, 0}, ways.size())]) Show(record, need);
        return;
      }
    }
  }

  // What rules a role out is shown wherever it is asked about: kept back, it would be answered for as a yes.
  void ShowNotIfs(const PreparedNeed& need) {
    ForEachNotIf(need, [this](const PreparedNeed& none_of) {
      const Ruling ruled_out = judge_.RulingOf(none_of);
      for (const std::uint32_t record : ruled_out.relied_on) {
        for (const PreparedNeed& child : NeedsIn(none_of)) Show(record, child);
      }
    });
  }

  // Of what is shown, the facts that a not-if asks about: kept back, they would give "cannot tell".
  void ShowFactsOfNotIfs(const PreparedNeed& need) {
    ForEachNotIf(need, [this](const PreparedNeed& none_of) {
      for (const auto& [record, showable] : chosen_) {
        for (const PreparedNeed& child : NeedsIn(none_of)) AddFacts(child, record);
      }
    });
  }

  void ShowChecking() {
    for (auto& [record, showable] : chosen_) AddChecking(RecordAt(record), showable.facts);
  }

  // How much shows: all facts, those that can not be kept back among them; then in how many credentials.
  std::pair<std::size_t, std::size_t> Revealed() const {
    std::size_t facts = 0;
    for (const auto& [record, showable] : chosen_) {
      for (const Fact& fact : RecordAt(record).facts()) {
        const auto& shown = showable.facts;
        const bool chosen = std::find(shown.begin(), shown.end(), fact.rule->name) != shown.end();
        if (chosen || fact.rule->showing == Showing::kAlways) ++facts;
      }
    }
    return {facts, chosen_.size()};
  }

  // Where there was a choice, and between how many.
  const std::map<ChoicePoint, std::size_t>& points() const { return points_; }

  std::vector<Showable> Chosen() && {
    std::vector<Showable> all;
    all.reserve(chosen_.size());
    for (auto& [record, showable] : chosen_) all.push_back(std::move(showable));
    return all;
  }

 private:
  std::size_t Take(const ChoicePoint& point, std::size_t options) {
    if (options < 2) return 0;
    points_.emplace(point, options);
    const auto planned = plan_.find(point);
    return planned == plan_.end() ? 0 : planned->second;
  }

  template <class Act>
  void ForEachNotIf(const PreparedNeed& need, const Act& act) {
    if (!judge_.Applies(need.when)) return;
    if (need.form == Need::Form::kNoneOf) return act(need);
    for (const PreparedNeed& child : NeedsIn(need)) ForEachNotIf(child, act);
  }

  void Show(std::uint32_t record, const PreparedNeed& leaf) {
    if (&RecordAt(record).kind() != leaf.need->kind || !shown_.insert({record, &leaf}).second) return;
    if (!IsChosen(record)) chosen_.push_back({record, {judge_.records().IdOf(record), {}}});
    AddFacts(leaf, record);
    for (const PreparedCondition& condition : judge_.profile().Conditions(leaf.conditions))
      ShowWitness(condition, record);
  }

  // A record whose issuer or holder must be that of another is of no use without the other.
  void ShowWitness(const PreparedCondition& condition, std::uint32_t record) {
    const std::vector<std::uint32_t> witnesses = judge_.WitnessesOf(condition, record);
    if (witnesses.empty()) return;
    const auto shown =
        std::find_if(witnesses.begin(), witnesses.end(), [this](std::uint32_t each) { return IsChosen(each); });
    const std::uint32_t witness = shown == witnesses.end()
                                      ? witnesses[Take({&condition, judge_.records()[record].given}, witnesses.size())]
                                      : *shown;
    ShowWhereItMeets(judge_.profile().need(judge_.ReferredBy(condition)->referred), witness);
  }

  void ShowWhereItMeets(const PreparedNeed& need, std::uint32_t record) {
    if (!judge_.Applies(need.when) || need.form == Need::Form::kNoneOf) return;
    if (need.form == Need::Form::kAllOf || need.form == Need::Form::kAnyOf) {
      for (const PreparedNeed& child : NeedsIn(need)) ShowWhereItMeets(child, record);
      return;
    }
    const std::optional<Fare> fare = judge_.FareAgainst(need, record);
    if (fare && fare->outcome != Outcome::kNotMet) Show(record, need);
  }

  const Record& RecordAt(std::uint32_t record) const { return *held_[judge_.records()[record].given].record; }

  bool IsChosen(std::uint32_t record) const {
    return std::any_of(chosen_.begin(), chosen_.end(), [&](const auto& each) { return each.first == record; });
  }

  // Whoever relies on a record answers for it to an inspector: who checked it, a role and never a name, how and when.
  static void AddChecking(const Record& of, std::vector<std::string>& facts) {
    for (const std::string_view fact : {"assurance", "method", "checker_role", "checked_on"}) {
      if (of.Find(fact) && std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.emplace_back(fact);
    }
  }

  void AddFacts(const PreparedNeed& leaf, std::uint32_t record) {
    const Record& of = RecordAt(record);
    if (&of.kind() != leaf.need->kind) return;
    auto& facts = std::find_if(chosen_.begin(), chosen_.end(), [&](const auto& each) {
                    return each.first == record;
                  })->second.facts;
    const auto add = [&](std::string_view fact) {
      if (of.Find(fact) && std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.emplace_back(fact);
    };
    if (leaf.form == Need::Form::kTraining) {
      for (const std::string_view fact : {"subject", "level", "part", "achieved_on"}) add(fact);
    }
    for (const auto* conditions : {&leaf.need->picks, &leaf.need->conditions}) {
      for (const Condition& condition : *conditions) {
        if (condition.fact != nullptr) add(condition.fact->name);
      }
    }
  }

  Judge& judge_;
  std::span<const HeldRecord> held_;
  AllWays& ways_;
  const ChoicePlan& plan_;
  std::map<ChoicePoint, std::size_t> points_;
  std::vector<std::pair<std::uint32_t, Showable>> chosen_;
  std::set<std::pair<std::uint32_t, const PreparedNeed*>> shown_;
};

// Looks for the plan that reveals least. Few choices are all tried; of many, one is changed at a time until no change
// reveals less.
class LeastSearch {
 public:
  LeastSearch(Judge& judge, std::span<const HeldRecord> held) : judge_(judge), held_(held), ways_(judge) {}

  std::vector<Showable> Find() {
    Chooser first = Walk({});
    if (first.points().empty()) return std::move(first).Chosen();
    best_ = first.Revealed();
    const auto points = first.points();
    TryAll({}, first);
    if (walks_ > kWalksMax) {
      plan_ = {};
      best_ = first.Revealed();
      Improve(points);
    }
    return std::move(Walk(plan_)).Chosen();
  }

 private:
  static constexpr int kWalksMax = 300;
  static constexpr int kRoundsMax = 8;

  Chooser Walk(const ChoicePlan& plan) {
    Chooser chooser(judge_, held_, ways_, plan);
    for (const auto show : {&Chooser::ShowFor, &Chooser::ShowNotIfs, &Chooser::ShowFactsOfNotIfs}) {
      for (const PreparedRequirement& each : judge_.profile().requirements()) {
        if (judge_.Applies(each.requirement->when)) (chooser.*show)(judge_.profile().need(each.need));
      }
    }
    chooser.ShowChecking();
    return chooser;
  }

  bool Offer(const ChoicePlan& plan, const Chooser& walked) {
    if (walked.Revealed() >= best_) return false;
    best_ = walked.Revealed();
    plan_ = plan;
    return true;
  }

  // What is chosen at one point may open another one.
  void TryAll(const ChoicePlan& plan, const Chooser& walked) {
    const auto open = std::find_if(walked.points().begin(), walked.points().end(),
                                   [&](const auto& point) { return !plan.contains(point.first); });
    if (open == walked.points().end()) {
      Offer(plan, walked);
      return;
    }
    for (std::size_t option = 0; option < open->second; ++option) {
      if (++walks_ > kWalksMax) return;
      ChoicePlan next = plan;
      next[open->first] = option;
      TryAll(next, Walk(next));
    }
  }

  void Improve(std::map<ChoicePoint, std::size_t> points) {
    bool better = true;
    for (int round = 0; better && round < kRoundsMax; ++round) {
      better = false;
      for (const auto& [point, options] : points) {
        for (std::size_t option = 0; option < options; ++option) {
          ChoicePlan next = plan_;
          next[point] = option;
          if (Offer(next, Walk(next))) better = true;
        }
      }
      points = Walk(plan_).points();
    }
  }

  Judge& judge_;
  std::span<const HeldRecord> held_;
  AllWays ways_;
  ChoicePlan plan_;
  std::pair<std::size_t, std::size_t> best_;
  int walks_ = 0;
};

}  // namespace

std::vector<Showable> ChooseFor(const RoleProfile& profile, const Taxonomies& taxonomies,
                                const std::vector<HeldRecord>& held, const Duty& duty) {
  const PreparedProfile prepared(profile, taxonomies, duty.first_day());
  const WeighedRecords weighed(WeighableHeld(held), Reason::kNone);
  const WeighedCase weighed_case(prepared, weighed, WeighedCase::Days::kWhenAsked);
  JudgeRoom room;
  Judge judge(weighed_case, duty, room);
  return LeastSearch(judge, held).Find();
}

}  // namespace passport
