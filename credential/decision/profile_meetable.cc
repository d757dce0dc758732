#include "credential/decision/profile_meetable.h"

#include <algorithm>
#include <vector>

#include "credential/decision/profile_check_record.h"
#include "credential/decision/profile_implication.h"

namespace passport {
namespace {

// Whether some record could count toward it: a list of none_of alone asks for no record.
bool AsksForRecords(const Need& need) {
  if (need.form == Need::Form::kNoneOf) return false;
  return !IsList(need) || std::any_of(need.children.begin(), need.children.end(), AsksForRecords);
}

void AddExcluded(const Need& need, Engagement engagement, std::vector<const Need*>& excluded) {
  if (!Counts(need.when, engagement)) return;
  const bool binds = need.form == Need::Form::kAllOf || need.children.size() == 1;
  for (const Need& child : need.children) {
    if (need.form == Need::Form::kNoneOf) {
      excluded.push_back(&child);
    } else if (binds) {
      AddExcluded(child, engagement, excluded);
    }
  }
}

// The not-ifs that stand whatever else is met.
std::vector<const Need*> ExcludedIn(const RoleProfile& profile, Engagement engagement) {
  std::vector<const Need*> excluded;
  for (const Requirement& requirement : profile.requirements()) {
    if (Counts(requirement.when, engagement)) AddExcluded(requirement.need, engagement, excluded);
  }
  return excluded;
}

struct Meeting {
  const RoleProfile& profile;
  Engagement engagement;
  const Terms& terms;
  std::vector<const Need*> excluded;

  bool CanBeMet(const Need& need) const {
    if (need.form == Need::Form::kNoneOf) return true;
    if (!IsList(need)) return SomeRecordMeets(need, terms) && ReferencesHold(need) && !IsExcluded(need);
    std::size_t counting = 0;
    std::size_t possible = 0;
    for (const Need& child : need.children) {
      if (!Counts(child.when, engagement)) continue;
      ++counting;
      if (CanBeMet(child)) ++possible;
    }
    return possible > 0 && (need.form == Need::Form::kAnyOf || possible == counting);
  }

  // A condition that points to another requirement needs that one to count here and to ask for records.
  bool ReferencesHold(const Need& need) const {
    return std::all_of(need.conditions.begin(), need.conditions.end(), [&](const Condition& condition) {
      if (condition.test != Condition::Test::kSameIssuerAs && condition.test != Condition::Test::kSamePersonAs)
        return true;
      const std::vector<Requirement>& all = profile.requirements();
      const auto found = std::find_if(all.begin(), all.end(),
                                      [&](const Requirement& each) { return each.id == condition.words.front(); });
      return found == all.end() || (Counts(found->when, engagement) && AsksForRecords(found->need));
    });
  }

  bool IsExcluded(const Need& need) const {
    return need.form == Need::Form::kRecord &&
           std::any_of(excluded.begin(), excluded.end(), [&](const Need* each) { return Implies(need, *each, terms); });
  }
};

}  // namespace

bool Counts(const std::optional<Engagement>& when, Engagement engagement) { return !when || *when == engagement; }

bool IsList(const Need& need) { return need.form != Need::Form::kRecord && need.form != Need::Form::kTraining; }

bool CanBeMet(const RoleProfile& profile, const Requirement& requirement, Engagement engagement, const Terms& terms) {
  const Meeting meeting{
      .profile = profile, .engagement = engagement, .terms = terms, .excluded = ExcludedIn(profile, engagement)};
  return meeting.CanBeMet(requirement.need);
}

}  // namespace passport
