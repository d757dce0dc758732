#include "verifier-cli/files/published_rules.h"

#include <utility>

#include "credential/encoding/base64url.h"

namespace passport {
namespace {

constexpr std::size_t kFileBytesMax = Base64UrlLength(kPublishedDocumentBytesMax) + 64 * 1024;

Result<std::string> ReadListed(const PublishedSource& source, const RegistryDocument& listed, const KeySet& pinned) {
  TRY_ASSIGN(const std::string text, source.Read(listed.path, kFileBytesMax));
  return ReadDocument(text, listed, pinned);
}

// The file says it is another rule than the registry does: one of them is wrong, and neither is believed.
Fault Misnamed() { return {Reason::kRegistry, "TRUST-01", "it says it is another one than the registry lists"}; }

Result<Taxonomy> ReadTaxonomy(const PublishedSource& source, const RegistryDocument& listed, const KeySet& pinned) {
  TRY_ASSIGN(const std::string text, ReadListed(source, listed, pinned));
  TRY_ASSIGN(Taxonomy taxonomy, Taxonomy::Parse(text));
  if (taxonomy.id() != listed.id || taxonomy.version() != listed.version) return Misnamed();
  return taxonomy;
}

Result<RoleProfile> ReadProfile(const PublishedSource& source, const RegistryDocument& listed, const KeySet& pinned) {
  TRY_ASSIGN(const std::string text, ReadListed(source, listed, pinned));
  TRY_ASSIGN(RoleProfile profile, RoleProfile::Parse(text));
  if (profile.id() != listed.id || profile.version() != listed.version) return Misnamed();
  return profile;
}

}  // namespace

Result<PublishedRules> PublishedRules::Read(const PublishedSource& source, const TrustRegistry& registry,
                                            const KeySet& pinned, Instant now) {
  PublishedRules rules;
  std::vector<Taxonomy> taxonomies;
  std::vector<ProfileVersion> profiles;
  for (const RegistryDocument& listed : registry.content().documents) {
    if (listed.kind == DocumentKind::kTaxonomy && !(listed.withdrawn_at && *listed.withdrawn_at <= now)) {
      Result<Taxonomy> taxonomy = ReadTaxonomy(source, listed, pinned);
      if (!taxonomy.ok()) return Fault{Reason::kRegistry, "TRUST-01", listed.path + ": " + taxonomy.fault().detail};
      taxonomies.push_back(std::move(taxonomy).value());
    }
    if (listed.kind != DocumentKind::kRoleProfile) continue;
    Result<RoleProfile> profile = ReadProfile(source, listed, pinned);
    if (profile.ok()) {
      profiles.push_back({std::move(profile).value(), listed.withdrawn_at});
    } else {
      rules.problems_.push_back(listed.path + ": " + profile.fault().detail);
      rules.incomplete_.insert(listed.id);
    }
  }
  for (const ProfileVersion& version : profiles) {
    const auto& base = version.profile.extends();
    if (base && rules.incomplete_.contains(base->profile)) rules.incomplete_.insert(version.profile.id());
  }
  std::erase_if(profiles,
                [&](const ProfileVersion& version) { return rules.incomplete_.contains(version.profile.id()); });
  TRY_ASSIGN(Taxonomies all, Taxonomies::Make(std::move(taxonomies)));
  TRY_ASSIGN(rules.book_, RuleBook::Make(std::move(all), std::move(profiles)));
  return rules;
}

Result<const RoleProfile*> PublishedRules::InForce(std::string_view id, const CivilDay& day, Instant now) const {
  if (incomplete_.contains(id))
    return Fault{Reason::kRegistry, "TRUST-01", "a version of the role profile is missing or is not the listed one"};
  return book_->InForce(id, day, now);
}

}  // namespace passport
