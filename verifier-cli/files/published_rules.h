// The rules that the registry of a published tree puts in force: taxonomies and role profiles, each version the one the
// registry lists (docs/formats/published-tree.md).
//
// What is missing from a tree must not change an answer in silence: without version 3 of a profile, version 2 would
// look as if it were in force. So a profile of which a listed version can not be read decides nothing, and without a
// taxonomy nothing is decided at all.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/rule_book.h"
#include "credential/trust/trust_registry.h"
#include "verifier-cli/files/published_source.h"

namespace passport {

class PublishedRules {
 public:
  // Reads every taxonomy and role profile that the registry lists. Taxonomies withdrawn by `now` are left aside. Fails
  // with kRegistry when a taxonomy is missing or is not the one that the registry lists, and as the readers of rules
  // do.
  static Result<PublishedRules> Read(const PublishedSource& source, const TrustRegistry& registry, const KeySet& pinned,
                                     Instant now);

  const Taxonomies& taxonomies() const { return book_->taxonomies(); }
  // The version in force on a day, as known at `now`. Fails with kRegistry when a version of it, or of what it extends,
  // could not be read, and as RuleBook::InForce does. Lives as long as these rules.
  Result<const RoleProfile*> InForce(std::string_view id, const CivilDay& day, Instant now) const;
  // One line for each file that was left out: its path and why.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  PublishedRules() = default;
  std::shared_ptr<const RuleBook> book_;
  std::set<std::string, std::less<>> incomplete_;  // ids of profiles
  std::vector<std::string> problems_;
};

}  // namespace passport
