#include "passport-service/acts/check_words.h"

#include <algorithm>

namespace passport {

Result<void> CheckWords(const CurrentTrust& trust, const Record& record, const CivilDay& day) {
  const std::shared_ptr<const RuleBook> rules = trust.Get().rules;
  if (rules == nullptr) return {};
  const std::vector<Taxonomy>& versions = rules->taxonomies().versions();
  const bool in_force = std::any_of(versions.begin(), versions.end(),
                                    [&](const Taxonomy& taxonomy) { return taxonomy.effective_from() <= day; });
  if (!in_force) return {};
  return rules->taxonomies().On(day).Check(record);
}

}  // namespace passport
