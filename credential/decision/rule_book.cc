#include "credential/decision/rule_book.h"

#include <algorithm>
#include <string>
#include <utility>

#include "credential/crypto/sha256.h"

namespace passport {
namespace {

Fault Wrong(std::string_view id, std::string_view what) {
  return {Reason::kFieldInvalid, "", "rule book, role profile " + std::string(id) + ": " + std::string(what)};
}

bool IsWithdrawn(const ProfileVersion& version, Instant now) {
  return version.withdrawn_at && *version.withdrawn_at <= now;
}

// Versions ascending, each once, and all of one owner: nobody else's version comes to stand above an agreed one.
Result<void> CheckVersions(std::string_view id, const std::vector<ProfileVersion>& versions) {
  for (std::size_t i = 1; i < versions.size(); ++i) {
    if (versions[i - 1].profile.version() == versions[i].profile.version()) return Wrong(id, "a version comes twice");
    if (versions[i - 1].profile.organisation() != versions[i].profile.organisation())
      return Wrong(id, "its versions are of different organisations");
  }
  return {};
}

std::string IdOf(const Taxonomies& taxonomies,
                 const std::map<std::string, std::vector<ProfileVersion>, std::less<>>& profiles) {
  std::vector<std::string> lines;
  for (const Taxonomy& taxonomy : taxonomies.versions()) lines.push_back("taxonomy " + Sha256Text(taxonomy.text()));
  for (const auto& [id, versions] : profiles) {
    for (const ProfileVersion& version : versions) {
      std::string line = "profile " + Sha256Text(version.profile.text());
      if (version.withdrawn_at) line += " " + std::to_string(version.withdrawn_at->seconds);
      lines.push_back(std::move(line));
    }
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return Sha256Text(all);
}

}  // namespace

Result<std::shared_ptr<const RuleBook>> RuleBook::Make(Taxonomies taxonomies, std::vector<ProfileVersion> profiles) {
  const std::shared_ptr<RuleBook> book(new RuleBook(std::move(taxonomies)));
  for (ProfileVersion& version : profiles) {
    const std::string id = version.profile.id();
    book->profiles_[id].push_back(std::move(version));
  }
  for (auto& [id, versions] : book->profiles_) {
    std::sort(versions.begin(), versions.end(), [](const ProfileVersion& a, const ProfileVersion& b) {
      return a.profile.version() < b.profile.version();
    });
    TRY(CheckVersions(id, versions));
  }
  for (const auto& [id, versions] : book->profiles_) {
    for (const ProfileVersion& version : versions) {
      TRY(book->Combine(version.profile));
    }
  }
  book->id_ = IdOf(book->taxonomies_, book->profiles_);
  return std::shared_ptr<const RuleBook>(book);
}

Result<void> RuleBook::Combine(const RoleProfile& local) {
  if (!local.extends()) return {};
  const auto base = profiles_.find(local.extends()->profile);
  if (base == profiles_.end()) return Wrong(local.id(), "it extends a profile that is not there");
  bool fits = false;
  for (const ProfileVersion& version : base->second) {
    if (version.profile.extends()) return Wrong(local.id(), "it extends a profile that is local itself");
    Result<RoleProfile> combined = local.On(version.profile);
    fits = fits || combined.ok();
    combined_.emplace(std::tuple(local.id(), local.version(), version.profile.version()), std::move(combined));
  }
  if (!fits) return Wrong(local.id(), "it lies on no version of the profile that it extends");
  return {};
}

Result<const RoleProfile*> RuleBook::InForce(std::string_view id, const CivilDay& day, Instant now) const {
  TRY_ASSIGN(const RoleProfile* const own, VersionInForce(id, day, now));
  if (!own->extends()) return own;
  TRY_ASSIGN(const RoleProfile* const base, VersionInForce(own->extends()->profile, day, now));
  const Result<RoleProfile>& combined = combined_.at(std::tuple(own->id(), own->version(), base->version()));
  if (!combined.ok()) return combined.fault();
  return &*combined;
}

Result<const RoleProfile*> RuleBook::VersionInForce(std::string_view id, const CivilDay& day, Instant now) const {
  const auto found = profiles_.find(id);
  if (found == profiles_.end()) return Fault{Reason::kNotFound, "", "there is no role profile of that id"};
  const std::vector<ProfileVersion>& versions = found->second;
  bool begun = false;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (day < version->profile.effective_from()) continue;
    if (!IsWithdrawn(*version, now)) return &version->profile;
    begun = true;
  }
  if (begun) return Fault{Reason::kWithdrawn, "", "every version of the role profile for that day was withdrawn"};
  return Fault{Reason::kNotYetInForce, "", "no version of the role profile is in force on that day"};
}

bool RuleBook::Extends(std::string_view id, std::string_view base) const {
  const auto found = profiles_.find(id);
  if (found == profiles_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const ProfileVersion& version) {
    return version.profile.extends() && version.profile.extends()->profile == base;
  });
}

std::vector<std::pair<std::string, CivilDay>> RuleBook::ProfileBeginnings() const {
  std::vector<std::pair<std::string, CivilDay>> beginnings;
  for (const auto& [id, versions] : profiles_) {
    for (const ProfileVersion& version : versions) beginnings.emplace_back(id, version.profile.effective_from());
  }
  return beginnings;
}

std::vector<std::string> RuleBook::ProfileIds() const {
  std::vector<std::string> ids;
  for (const auto& [id, versions] : profiles_) ids.push_back(id);
  return ids;
}

}  // namespace passport
