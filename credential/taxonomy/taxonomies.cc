// Taxonomies: all versions over time.
#include <algorithm>
#include <iterator>
#include <set>

#include "credential/taxonomy/terms.h"
#include "credential/taxonomy/terms_builder.h"
#include "credential/taxonomy/turning_days.h"

namespace passport {
namespace {

// By id: the version in force on the day.
std::map<std::string_view, const Taxonomy*> InForce(const std::vector<Taxonomy>& versions, const CivilDay& day) {
  std::map<std::string_view, const Taxonomy*> in_force;
  for (const Taxonomy& each : versions) {
    if (each.effective_from() > day) continue;
    const Taxonomy*& best = in_force[each.id()];
    if (best == nullptr || best->version() < each.version()) best = &each;
  }
  return in_force;
}

// The days on which something changes.
std::set<CivilDay> Turns(const std::vector<Taxonomy>& versions) {
  std::set<CivilDay> days;
  for (const Taxonomy& each : versions) {
    days.insert(each.effective_from());
    for (const CivilDay& day : TurningDays(each)) {
      // Windows of a version that is not in force turn nothing.
      if (day < each.effective_from()) continue;
      const auto in_force = InForce(versions, day);
      if (in_force.find(each.id())->second == &each) days.insert(day);
    }
  }
  return days;
}

}  // namespace

Taxonomies::Taxonomies() : before_(TermsBuilder::Nothing()) {}

Result<Taxonomies> Taxonomies::Make(std::vector<Taxonomy> versions) {
  std::set<std::pair<std::string_view, int>> seen;
  for (const Taxonomy& each : versions) {
    if (!seen.emplace(each.id(), each.version()).second) {
      return Fault{Reason::kFieldInvalid, "",
                   "taxonomies: version " + std::to_string(each.version()) + " of " + each.id() + " stands twice"};
    }
  }
  Taxonomies all;
  for (const CivilDay& day : Turns(versions)) {
    std::vector<const Taxonomy*> in_force;
    for (const auto& [id, taxonomy] : InForce(versions, day)) in_force.push_back(taxonomy);
    TRY_ASSIGN(std::shared_ptr<const Terms> terms, TermsBuilder::Build(day, in_force));
    all.from_.emplace(day, std::move(terms));
  }
  all.versions_ = std::move(versions);
  return all;
}

const Terms& Taxonomies::On(const CivilDay& day) const {
  const auto after = from_.upper_bound(day);
  return after == from_.begin() ? *before_ : *std::prev(after)->second;
}

}  // namespace passport
