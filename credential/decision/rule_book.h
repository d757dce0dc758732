// The rules in force as known at one moment: every published version of every taxonomy and role profile.
//
// One call takes one rule book and keeps it to its end: a version withdrawn meanwhile changes the next call, not this
// one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "credential/decision/role_profile.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// One published version of a profile.
struct ProfileVersion {
  RoleProfile profile;
  std::optional<Instant> withdrawn_at;
};

// Immutable; any thread may read.
class RuleBook {
 public:
  // Lays local profiles on their bases. Fails with kFieldInvalid when one extends what is not there, is local itself or
  // fits in no version, when one version of one id comes twice, or when versions of one id are of different
  // organisations.
  static Result<std::shared_ptr<const RuleBook>> Make(Taxonomies taxonomies, std::vector<ProfileVersion> profiles);

  const Taxonomies& taxonomies() const { return taxonomies_; }
  // The version of a profile in force on a day, as known at `now`: the highest with effective_from on or before it that
  // is not withdrawn; a local one lies on the version of its base in force that day. Fails with kNotFound,
  // kNotYetInForce, or kWithdrawn when all that would be in force were withdrawn, for the profile or for its base; with
  // kFieldInvalid when the local version does not fit on the base's of that day. Lives as long as the book.
  Result<const RoleProfile*> InForce(std::string_view id, const CivilDay& day, Instant now) const;
  std::vector<std::string> ProfileIds() const;  // sorted
  // True if any version of the profile `id` extends `base`.
  bool Extends(std::string_view id, std::string_view base) const;
  // The days from which versions of profiles are in force, each with its id.
  std::vector<std::pair<std::string, CivilDay>> ProfileBeginnings() const;
  // base64url SHA-256 over every text in it and the times of withdrawal: two books of one id say the same.
  const std::string& id() const { return id_; }

 private:
  explicit RuleBook(Taxonomies taxonomies) : taxonomies_(std::move(taxonomies)) {}
  Result<void> Combine(const RoleProfile& local);
  // Of this id alone, without its base.
  Result<const RoleProfile*> VersionInForce(std::string_view id, const CivilDay& day, Instant now) const;
  Taxonomies taxonomies_;
  std::map<std::string, std::vector<ProfileVersion>, std::less<>> profiles_;  // by id, versions ascending
  // A local version on each version of its base, or why it does not fit there.
  std::map<std::tuple<std::string, int, int>, Result<RoleProfile>> combined_;
  std::string id_;
};

}  // namespace passport
