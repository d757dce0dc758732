// What to show: the records that fare best by the same ranking as a decision, and of them the facts that are asked and
// how they were checked.
#include <algorithm>
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

class Chooser {
 public:
  explicit Chooser(Judge& judge) : judge_(judge) {}

  void ShowFor(const Need& need) {
    if (!judge_.Applies(need.when)) return;
    switch (need.form) {
      case Need::Form::kAllOf:
        for (const Need& child : need.children) ShowFor(child);
        return;
      case Need::Form::kAnyOf:
        if (const Need* const best = judge_.BestChild(need).first; best != nullptr) ShowFor(*best);
        return;
      case Need::Form::kNoneOf:
        return;  // ShowNotIfs
      case Need::Form::kRecord:
      case Need::Form::kTraining:
        for (const std::uint32_t record : judge_.Of(need).relied_on) Show(record, need);
        return;
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

  std::vector<Showable> Chosen() && {
    std::vector<Showable> all;
    all.reserve(chosen_.size());
    for (auto& [record, showable] : chosen_) {
      AddChecking(*judge_.records()[record].record, showable.facts);
      all.push_back(std::move(showable));
    }
    return all;
  }

 private:
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
    const std::uint32_t witness = shown == witnesses.end() ? witnesses.front() : *shown;
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
  std::vector<std::pair<std::uint32_t, Showable>> chosen_;
  std::set<std::pair<std::uint32_t, const Need*>> shown_;
};

}  // namespace

std::vector<Showable> ChooseFor(const RoleProfile& profile, const Taxonomies& taxonomies,
                                const std::vector<HeldRecord>& held, const Duty& duty) {
  Judge judge(profile, taxonomies.On(duty.first_day()), duty, Weighable(held), Reason::kNone);
  Chooser chooser(judge);
  for (const auto show : {&Chooser::ShowFor, &Chooser::ShowNotIfs, &Chooser::ShowFactsOfNotIfs}) {
    for (const Requirement& requirement : profile.requirements()) {
      if (judge.Applies(requirement.when)) (chooser.*show)(requirement.need);
    }
  }
  return std::move(chooser).Chosen();
}

}  // namespace passport
