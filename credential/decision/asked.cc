#include "credential/decision/asked.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>

namespace passport {
namespace {

// Whoever relies on a record answers for who checked it, how and when.
constexpr std::array<std::string_view, 4> kCheckingFacts = {"assurance", "method", "checker_role", "checked_on"};
constexpr std::array<std::string_view, 4> kCourseFacts = {"subject", "level", "part", "achieved_on"};

using FactNames = std::set<std::string_view>;

// Every fact of a need, by kind, in the order in which the kinds first stand there.
struct AskedKinds {
  std::vector<std::pair<const RecordKind*, FactNames>> kinds;
  FactNames& Of(const RecordKind* kind) {
    for (auto& [known, facts] : kinds) {
      if (known == kind) return facts;
    }
    return kinds.emplace_back(kind, FactNames()).second;
  }
};

void Gather(const Need& need, Engagement engagement, AskedKinds& asked) {
  if (need.when && *need.when != engagement) return;
  if (need.form != Need::Form::kRecord && need.form != Need::Form::kTraining) {
    for (const Need& child : need.children) Gather(child, engagement, asked);
    return;
  }
  FactNames& facts = asked.Of(need.kind);
  if (need.form == Need::Form::kTraining) facts.insert(kCourseFacts.begin(), kCourseFacts.end());
  for (const auto* conditions : {&need.picks, &need.conditions}) {
    for (const Condition& condition : *conditions) {
      if (condition.fact != nullptr) facts.insert(condition.fact->name);
    }
  }
}

AskedRecord Named(const RecordKind& kind, const FactNames& facts, std::string needs) {
  AskedRecord asked{.kind = &kind, .facts = {}, .needs = std::move(needs)};
  for (const FieldRule& rule : kind.fields) {
    const bool checking = std::find(kCheckingFacts.begin(), kCheckingFacts.end(), rule.name) != kCheckingFacts.end();
    if (checking || rule.showing == Showing::kAlways || facts.contains(rule.name)) asked.facts.emplace_back(rule.name);
  }
  return asked;
}

std::set<std::string> FactsAsked(const std::vector<AskedRecord>& asked, const RecordKind& kind) {
  std::set<std::string> facts;
  for (const AskedRecord& each : asked) {
    if (each.kind == &kind) facts.insert(each.facts.begin(), each.facts.end());
  }
  return facts;
}

bool IsKindAsked(const std::vector<AskedRecord>& asked, const RecordKind& kind) {
  return std::any_of(asked.begin(), asked.end(), [&](const AskedRecord& each) { return each.kind == &kind; });
}

// Which fact a record tells, whoever says it; what is true only at its issuer, at that one.
std::string ToldBy(const HeldRecord& held) {
  const std::string fact = held.record->Identity();
  return held.record->kind().ends_with_employment ? fact + "\n" + held.issuer.text() : fact;
}

bool IsBetterToShow(const HeldRecord& a, const HeldRecord& b) {
  const auto rank = [](const HeldRecord& each) {
    return std::tuple(each.standing == Standing::kGood, each.record->Day("achieved_on"),
                      each.expires_at.has_value() ? each.expires_at->seconds : INT64_MAX);
  };
  return rank(a) > rank(b);
}

}  // namespace

std::vector<AskedRecord> AskedBy(const RoleProfile& profile, Engagement engagement) {
  std::vector<AskedRecord> all;
  for (const Requirement& requirement : profile.requirements()) {
    if (requirement.when && *requirement.when != engagement) continue;
    AskedKinds asked;
    Gather(requirement.need, engagement, asked);
    for (const auto& [kind, facts] : asked.kinds) all.push_back(Named(*kind, facts, requirement.needs));
  }
  return all;
}

Result<AskedRecord> AskedOf(const RecordKind& kind, const std::vector<std::string>& facts) {
  FactNames names;
  for (const std::string& fact : facts) {
    const bool known =
        std::any_of(kind.fields.begin(), kind.fields.end(), [&](const FieldRule& rule) { return rule.name == fact; });
    if (!known) return Fault{Reason::kFieldInvalid, "", fact + " is no fact of " + std::string(kind.word)};
    names.insert(fact);
  }
  return Named(kind, names, "");
}

std::vector<Showable> ChooseAsked(const RoleProfile& profile, const Taxonomies& taxonomies,
                                  const std::vector<HeldRecord>& held, const std::vector<AskedRecord>& asked,
                                  const Duty& duty) {
  if (asked.empty()) return ChooseFor(profile, taxonomies, held, duty);
  std::vector<HeldRecord> of_kinds = held;
  std::erase_if(of_kinds, [&](const HeldRecord& each) { return !IsKindAsked(asked, each.record->kind()); });
  std::vector<Showable> chosen = ChooseFor(profile, taxonomies, of_kinds, duty);
  for (Showable& showable : chosen) {
    const auto at = std::find_if(of_kinds.begin(), of_kinds.end(),
                                 [&](const HeldRecord& each) { return each.credential == showable.credential; });
    const std::set<std::string> facts = FactsAsked(asked, at->record->kind());
    if (!facts.empty()) std::erase_if(showable.facts, [&](const std::string& fact) { return !facts.contains(fact); });
  }
  return chosen;
}

KindsAnswered ChooseKinds(const std::vector<AskedRecord>& asked, const std::vector<HeldRecord>& held) {
  KindsAnswered answered;
  std::set<const RecordKind*> done;
  for (const AskedRecord& each : asked) {
    if (!done.insert(each.kind).second) continue;
    std::map<std::string, const HeldRecord*> best;  // by what it tells
    for (const HeldRecord& one : held) {
      const bool counts = one.standing == Standing::kGood || one.standing == Standing::kCannotTell;
      if (&one.record->kind() != each.kind || !counts) continue;
      const auto [at, added] = best.try_emplace(ToldBy(one), &one);
      if (!added && IsBetterToShow(one, *at->second)) at->second = &one;
    }
    if (best.empty()) answered.missing.emplace_back(each.kind->word);
    const std::set<std::string> facts = FactsAsked(asked, *each.kind);
    for (const auto& [told, one] : best) {
      Showable showable{one->credential, {}};
      for (const Fact& fact : one->record->facts()) {
        if (facts.contains(std::string(fact.rule->name))) showable.facts.emplace_back(fact.rule->name);
      }
      answered.showing.push_back(std::move(showable));
    }
  }
  return answered;
}

bool IsAskedFor(const Record& record, const std::vector<AskedRecord>& asked) {
  FactNames facts;
  bool any = false;
  for (const AskedRecord& each : asked) {
    if (each.kind != &record.kind()) continue;
    any = true;
    facts.insert(each.facts.begin(), each.facts.end());
  }
  return any && std::all_of(record.facts().begin(), record.facts().end(),
                            [&](const Fact& fact) { return facts.contains(fact.rule->name); });
}

}  // namespace passport
