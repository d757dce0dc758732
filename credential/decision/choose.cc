// What to show: of the records that fare equally well by the ranking of a decision those that reveal least, and of them
// the facts that are asked and how they were checked.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "credential/decision/judge.h"

namespace passport {
namespace {

std::vector<Weighed> Weighable(const std::vector<HeldRecord>& held) {
  std::vector<Weighed> all;
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
  const Ways& Of(const Need& leaf) {
    const auto at = ways_.find(&leaf);
    return at != ways_.end() ? at->second : ways_.emplace(&leaf, Find(leaf)).first->second;
  }
  // Of any_of: the children that fare as well as the best one, that one first.
  const std::vector<const Need*>& ChildrenOf(const Need& any_of) {
    const auto at = children_.find(&any_of);
    return at != children_.end() ? at->second : children_.emplace(&any_of, FindChildren(any_of)).first->second;
  }

 private:
  // What does not satisfy is shown as the decision ranks it: the nearest miss says what is missing.
  Ways Find(const Need& leaf) {
    const Ruling best = judge_.Of(leaf);
    if (best.relied_on.empty()) return {};
    Ways ways = {best.relied_on};
    if (!IsMet(best.fare.outcome)) return ways;
    for (std::uint32_t i = 0; i < judge_.records().size(); ++i) {
      const Weighed& weighed = judge_.records()[i];
      const bool part = leaf.form == Need::Form::kTraining && weighed.record->Find("part").has_value();
      if (part || ways.front() == std::vector{i}) continue;
      const std::optional<Fare> fare = judge_.FareAgainst(leaf, weighed);
      if (fare && fare->outcome == best.fare.outcome) ways.push_back({i});
    }
    return ways;
  }

  std::vector<const Need*> FindChildren(const Need& any_of) {
    const auto [best, ruling] = judge_.BestChild(any_of);
    if (best == nullptr) return {};
    std::vector<const Need*> children = {best};
    if (!IsMet(ruling.fare.outcome)) return children;
    for (const Need& child : any_of.children) {
      const bool other = &child != best && judge_.Applies(child.when);
      if (other && judge_.Of(child).fare.outcome == ruling.fare.outcome) children.push_back(&child);
    }
    return children;
  }

  Judge& judge_;
  std::map<const Need*, Ways> ways_;
  std::map<const Need*, std::vector<const Need*>> children_;
};

// One way through a profile, by a plan.
class Chooser {
 public:
  Chooser(Judge& judge, AllWays& ways, const ChoicePlan& plan) : judge_(judge), ways_(ways), plan_(plan) {}

  void ShowFor(const Need& need) {
    if (!judge_.Applies(need.when)) return;
    switch (need.form) {
      case Need::Form::kAllOf:
        for (const Need& child : need.children) ShowFor(child);
        return;
      case Need::Form::kAnyOf: {
        const std::vector<const Need*>& children = ways_.ChildrenOf(need);
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
  void ShowNotIfs(const Need& need) {
    ForEachNotIf(need, [this](const Need& none_of) {
      for (const std::uint32_t record : judge_.Of(none_of).relied_on) {
        for (const Need& child : none_of.children) Show(record, child);
      }
    });
  }

  // Of what is shown, the facts that a not-if asks about: kept back, they would give "cannot tell".
  void ShowFactsOfNotIfs(const Need& need) {
    ForEachNotIf(need, [this](const Need& none_of) {
      for (const auto& [record, showable] : chosen_) {
        for (const Need& child : none_of.children) AddFacts(child, record);
      }
    });
  }

  void ShowChecking() {
    for (auto& [record, showable] : chosen_) AddChecking(*judge_.records()[record].record, showable.facts);
  }

  // How much shows: all facts, those that can not be kept back among them; then in how many credentials.
  std::pair<std::size_t, std::size_t> Revealed() const {
    std::size_t facts = 0;
    for (const auto& [record, showable] : chosen_) {
      for (const Fact& fact : judge_.records()[record].record->facts()) {
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
  void ForEachNotIf(const Need& need, const Act& act) {
    if (!judge_.Applies(need.when)) return;
    if (need.form == Need::Form::kNoneOf) return act(need);
    for (const Need& child : need.children) ForEachNotIf(child, act);
  }

  void Show(std::uint32_t record, const Need& leaf) {
    const Weighed& weighed = judge_.records()[record];
    if (&weighed.record->kind() != leaf.kind || !shown_.insert({record, &leaf}).second) return;
    if (!IsChosen(record)) chosen_.push_back({record, {*weighed.credential, {}}});
    AddFacts(leaf, record);
    for (const Condition& condition : leaf.conditions) ShowWitness(condition, weighed);
  }

  // A record whose issuer or holder must be that of another is of no use without the other.
  void ShowWitness(const Condition& condition, const Weighed& weighed) {
    const std::vector<std::uint32_t> witnesses = judge_.WitnessesOf(condition, weighed);
    if (witnesses.empty()) return;
    const auto shown =
        std::find_if(witnesses.begin(), witnesses.end(), [this](std::uint32_t each) { return IsChosen(each); });
    const std::uint32_t witness =
        shown == witnesses.end() ? witnesses[Take({&condition, RecordAt(weighed)}, witnesses.size())] : *shown;
    ShowWhereItMeets(judge_.FindRequirement(condition.words.front())->Referred(), witness);
  }

  void ShowWhereItMeets(const Need& need, std::uint32_t record) {
    if (!judge_.Applies(need.when) || need.form == Need::Form::kNoneOf) return;
    if (need.form == Need::Form::kAllOf || need.form == Need::Form::kAnyOf) {
      for (const Need& child : need.children) ShowWhereItMeets(child, record);
      return;
    }
    const std::optional<Fare> fare = judge_.FareAgainst(need, judge_.records()[record]);
    if (fare && fare->outcome != Outcome::kNotMet) Show(record, need);
  }

  std::uint32_t RecordAt(const Weighed& weighed) const {
    return static_cast<std::uint32_t>(&weighed - judge_.records().data());
  }

  bool IsChosen(std::uint32_t record) const {
    return std::any_of(chosen_.begin(), chosen_.end(), [&](const auto& each) { return each.first == record; });
  }

  // Whoever relies on a record answers for it to an inspector: who checked it, a role and never a name, how and when.
  static void AddChecking(const Record& of, std::vector<std::string>& facts) {
    for (const std::string_view fact : {"assurance", "method", "checker_role", "checked_on"}) {
      if (of.Find(fact) && std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.emplace_back(fact);
    }
  }

  void AddFacts(const Need& leaf, std::uint32_t record) {
    const Record& of = *judge_.records()[record].record;
    if (&of.kind() != leaf.kind) return;
    auto& facts = std::find_if(chosen_.begin(), chosen_.end(), [&](const auto& each) {
                    return each.first == record;
                  })->second.facts;
    const auto add = [&](std::string_view fact) {
      if (of.Find(fact) && std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.emplace_back(fact);
    };
    if (leaf.form == Need::Form::kTraining) {
      for (const std::string_view fact : {"subject", "level", "part", "achieved_on"}) add(fact);
    }
    for (const auto* conditions : {&leaf.picks, &leaf.conditions}) {
      for (const Condition& condition : *conditions) {
        if (condition.fact != nullptr) add(condition.fact->name);
      }
    }
  }

  Judge& judge_;
  AllWays& ways_;
  const ChoicePlan& plan_;
  std::map<ChoicePoint, std::size_t> points_;
  std::vector<std::pair<std::uint32_t, Showable>> chosen_;
  std::set<std::pair<std::uint32_t, const Need*>> shown_;
};

// Looks for the plan that reveals least. Few choices are all tried; of many, one is changed at a time until no change
// reveals less.
class LeastSearch {
 public:
  LeastSearch(const RoleProfile& profile, Judge& judge) : profile_(profile), judge_(judge), ways_(judge) {}

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
    Chooser chooser(judge_, ways_, plan);
    for (const auto show : {&Chooser::ShowFor, &Chooser::ShowNotIfs, &Chooser::ShowFactsOfNotIfs}) {
      for (const Requirement& requirement : profile_.requirements()) {
        if (judge_.Applies(requirement.when)) (chooser.*show)(requirement.need);
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

  const RoleProfile& profile_;
  Judge& judge_;
  AllWays ways_;
  ChoicePlan plan_;
  std::pair<std::size_t, std::size_t> best_;
  int walks_ = 0;
};

}  // namespace

std::vector<Showable> ChooseFor(const RoleProfile& profile, const Taxonomies& taxonomies,
                                const std::vector<HeldRecord>& held, const Duty& duty) {
  Judge judge(profile, taxonomies.On(duty.first_day()), duty, Weighable(held), Reason::kNone);
  return LeastSearch(profile, judge).Find();
}

}  // namespace passport
