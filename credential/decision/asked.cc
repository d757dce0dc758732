#include "credential/decision/asked.h"

#include <algorithm>
#include <array>
#include <set>

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
