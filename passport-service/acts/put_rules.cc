#include "passport-service/acts/put_rules.h"

#include <algorithm>

#include "credential/taxonomy/terms.h"
#include "credential/trust/published_document.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

constexpr std::string_view kTaxonomyPrefix = "taxonomy/";
constexpr std::string_view kProfilePrefix = "profile/";

Fault DamagedRule() { return {Reason::kStoreUnavailable, "", "a stored rule is damaged"}; }

Result<std::vector<Taxonomy>> StoredTaxonomies(Documents& documents) {
  TRY_ASSIGN(const std::vector<DocumentRow> rows, documents.DocumentVersions(kTaxonomyPrefix));
  std::vector<Taxonomy> versions;
  for (const DocumentRow& row : rows) {
    if (row.withdrawn_at) continue;
    Result<Taxonomy> taxonomy = Taxonomy::Parse(row.text);
    if (!taxonomy.ok()) return DamagedRule();
    versions.push_back(std::move(taxonomy).value());
  }
  return versions;
}

Result<std::vector<ProfileVersion>> StoredProfiles(Documents& documents) {
  TRY_ASSIGN(const std::vector<DocumentRow> rows, documents.DocumentVersions(kProfilePrefix));
  std::vector<ProfileVersion> versions;
  for (const DocumentRow& row : rows) {
    Result<RoleProfile> profile = RoleProfile::Parse(row.text);
    if (!profile.ok()) return DamagedRule();
    versions.push_back({std::move(profile).value(), row.withdrawn_at});
  }
  return versions;
}

// What every new version must be beside the one before: numbered one above it, and effective no earlier, or the older
// one could never have been in force.
Result<void> CheckSuccession(Documents& documents, const std::string& name, int version, const CivilDay& effective,
                             RuleKind kind) {
  TRY_ASSIGN(const std::optional<DocumentRow> newest, documents.NewestDocument(name));
  // What was agreed elsewhere before this service began comes with its number.
  if (!newest) return {};
  const std::uint64_t expected = newest->version + 1;
  if (static_cast<std::uint64_t>(version) != expected)
    return Fault{Reason::kStateConflict, "", "version is not " + std::to_string(expected) + ", one above the newest"};
  std::optional<CivilDay> before;
  if (kind == RuleKind::kTaxonomy) {
    const Result<Taxonomy> older = Taxonomy::Parse(newest->text);
    if (!older.ok()) return DamagedRule();
    before = older->effective_from();
  } else {
    const Result<RoleProfile> older = RoleProfile::Parse(newest->text);
    if (!older.ok()) return DamagedRule();
    before = older->effective_from();
  }
  if (effective < *before)
    return Fault{Reason::kFieldInvalid, "", "effective_from is before that of the version before it"};
  return {};
}

// What is left without one version of a taxonomy must still make sense, or nothing could be published any more.
Result<void> CheckWithout(Documents& documents, const DocumentRow& withdrawn) {
  TRY_ASSIGN(const std::vector<DocumentRow> rows, documents.DocumentVersions(kTaxonomyPrefix));
  std::vector<Taxonomy> rest;
  for (const DocumentRow& row : rows) {
    if (row.withdrawn_at || (row.name == withdrawn.name && row.version == withdrawn.version)) continue;
    Result<Taxonomy> taxonomy = Taxonomy::Parse(row.text);
    if (!taxonomy.ok()) return DamagedRule();
    rest.push_back(std::move(taxonomy).value());
  }
  if (Taxonomies::Make(std::move(rest)).ok()) return {};
  return Fault{Reason::kStateConflict, "", "other taxonomies build on this version; withdraw or replace them first"};
}

Fault NotYours() {
  return {Reason::kNotPermitted, "", "regional rules are the registrar's; an employer puts profiles of its own"};
}

// The registry lists every version for good, and one that receivers would refuse is not published at all: neither a
// number nor a count may pass what they read, whoever puts it.
Result<void> CheckRoom(Documents& documents, const Caller& caller, const std::vector<ProfileVersion>& profiles,
                       std::uint64_t version) {
  if (version > static_cast<std::uint64_t>(kDocumentVersionMax))
    return Fault{Reason::kFieldInvalid, "", "version is above " + std::to_string(kDocumentVersionMax)};
  TRY_ASSIGN(const std::vector<DocumentRow> taxonomies, documents.DocumentVersions(kTaxonomyPrefix));
  const std::size_t all = taxonomies.size() + profiles.size();
  if (all >= kRuleVersionsMax) return Fault{Reason::kLimit, "", "there are 10000 versions of rules already"};
  if (caller.roles.Has(Role::kRegistrar)) return {};
  const auto own = std::count_if(profiles.begin(), profiles.end(), [&](const ProfileVersion& version_of) {
    return version_of.profile.organisation() == caller.organisation;
  });
  if (static_cast<std::size_t>(own) >= kOwnRuleVersionsMax)
    return Fault{Reason::kLimit, "", "the organisation has put 200 versions of profiles already"};
  if (all >= kRuleVersionsMax - kRegionalRuleVersionsKept)
    return Fault{Reason::kLimit, "", "the last 1000 versions of rules are kept for the region's"};
  return {};
}

std::string Place(const ProfileFinding& finding) { return finding.place + ": " + finding.words; }

std::optional<ProfileFinding> FirstError(const RoleProfile& profile, const Terms& terms) {
  for (ProfileFinding& finding : CheckProfile(profile, terms)) {
    if (finding.weight == ProfileFinding::Weight::kError) return std::move(finding);
  }
  return std::nullopt;
}

// The profiles that are in force on or after `day` must mean as much by the new taxonomies as by the old ones.
Result<void> CheckReaders(const std::vector<ProfileVersion>& profiles, const Taxonomies& before,
                          const Taxonomies& after, const CivilDay& day) {
  for (const ProfileVersion& version : profiles) {
    const RoleProfile& profile = version.profile;
    const bool past = std::any_of(profiles.begin(), profiles.end(), [&](const ProfileVersion& other) {
      return other.profile.id() == profile.id() && other.profile.version() > profile.version() && !other.withdrawn_at &&
             other.profile.effective_from() <= day;
    });
    if (past || version.withdrawn_at) continue;
    const CivilDay on = std::max(day, profile.effective_from());
    const std::optional<ProfileFinding> error = FirstError(profile, after.On(on));
    if (error && !FirstError(profile, before.On(on)))
      return Fault{Reason::kStateConflict, "", "the role profile " + profile.id() + " needs it: " + Place(*error)};
  }
  return {};
}

}  // namespace

std::string DocumentNameOf(RuleKind kind, std::string_view id) {
  return std::string(kind == RuleKind::kTaxonomy ? kTaxonomyPrefix : kProfilePrefix) + std::string(id);
}

Result<std::shared_ptr<const RuleBook>> ReadRuleBook(Documents& documents) {
  TRY_ASSIGN(std::vector<Taxonomy> taxonomies, StoredTaxonomies(documents));
  TRY_ASSIGN(Taxonomies all, Taxonomies::Make(std::move(taxonomies)));
  TRY_ASSIGN(std::vector<ProfileVersion> profiles, StoredProfiles(documents));
  return RuleBook::Make(std::move(all), std::move(profiles));
}

Result<PutRules::Answer> PutRules::Judge(const OrganisationRow& caller, const Order& order, std::string& name,
                                         std::uint64_t& version) {
  TRY_ASSIGN(std::vector<Taxonomy> taxonomies, StoredTaxonomies(store_));
  TRY_ASSIGN(std::vector<ProfileVersion> profiles, StoredProfiles(store_));
  if (order.kind == RuleKind::kTaxonomy) {
    if (!order.by.roles.Has(Role::kRegistrar)) return NotYours();
    TRY_ASSIGN(Taxonomy taxonomy, Taxonomy::Parse(order.text));
    name = DocumentNameOf(order.kind, taxonomy.id());
    version = static_cast<std::uint64_t>(taxonomy.version());
    TRY(CheckRoom(store_, order.by, profiles, version));
    TRY(CheckSuccession(store_, name, taxonomy.version(), taxonomy.effective_from(), order.kind));
    const CivilDay day = taxonomy.effective_from();
    TRY_ASSIGN(const Taxonomies before, Taxonomies::Make(taxonomies));
    taxonomies.push_back(std::move(taxonomy));
    TRY_ASSIGN(const Taxonomies after, Taxonomies::Make(std::move(taxonomies)));
    TRY(CheckReaders(profiles, before, after, day));
    return Answer{};
  }
  TRY_ASSIGN(RoleProfile profile, RoleProfile::Parse(order.text));
  const bool own = profile.organisation() && *profile.organisation() == caller.id;
  if (profile.organisation() ? !own : !order.by.roles.Has(Role::kRegistrar)) return NotYours();
  name = DocumentNameOf(order.kind, profile.id());
  version = static_cast<std::uint64_t>(profile.version());
  TRY(CheckRoom(store_, order.by, profiles, version));
  // An id belongs to whoever put it first.
  TRY_ASSIGN(const std::optional<DocumentRow> newest, store_.NewestDocument(name));
  if (newest) {
    const Result<RoleProfile> older = RoleProfile::Parse(newest->text);
    if (!older.ok()) return DamagedRule();
    if (older->organisation() != profile.organisation()) return NotYours();
  }
  TRY(CheckSuccession(store_, name, profile.version(), profile.effective_from(), order.kind));
  TRY_ASSIGN(Taxonomies all, Taxonomies::Make(std::move(taxonomies)));
  Answer answer;
  for (ProfileFinding& finding : CheckProfile(profile, all.On(profile.effective_from()))) {
    if (finding.weight == ProfileFinding::Weight::kError) return Fault{Reason::kFieldInvalid, "", Place(finding)};
    answer.warnings.push_back(std::move(finding));
  }
  profiles.push_back({std::move(profile), std::nullopt});
  TRY(RuleBook::Make(std::move(all), std::move(profiles)));
  return answer;
}

Result<PutRules::Answer> PutRules::operator()(const Order& order) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  const std::string_view verb = order.kind == RuleKind::kTaxonomy ? "taxonomy.put" : "profile.put";
  const RequestKey key{.by = caller.id, .id = order.request, .digest = RequestDigest({verb, order.text})};
  TRY_ASSIGN(const std::optional<std::string> repeated, RepeatAnswer(store_, key, order.by, now));
  if (repeated) return Answer{};
  std::string name;
  std::uint64_t version = 0;
  TRY_ASSIGN(Answer answer, Judge(caller, order, name, version));
  TRY(ApplyOnce(store_,
                {PutDocument{{name, version, order.text, now, {}}},
                 Audited(now, order.by, {.what = verb, .object = name, .request = order.request.text()}),
                 AppendEvent{{now, std::string(verb), name}},
                 RememberAnswer{{caller.id, order.request, key.digest, "done", now}}},
                key));
  return answer;
}

Result<void> PutRules::Withdraw(const Withdrawal& order) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  const std::string name = DocumentNameOf(order.kind, order.id);
  const RequestKey key{.by = caller.id,
                       .id = order.request,
                       .digest = RequestDigest({"rules.withdraw", name, std::to_string(order.version)})};
  TRY_ASSIGN(const std::optional<std::string> repeated, RepeatAnswer(store_, key, order.by, now));
  if (repeated) return {};
  TRY_ASSIGN(const std::vector<DocumentRow> rows, store_.DocumentVersions(name));
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const DocumentRow& row) {
    return row.name == name && row.version == static_cast<std::uint64_t>(order.version);
  });
  if (found == rows.end()) return Fault{Reason::kNotFound, "", "there is no such version"};
  if (order.kind == RuleKind::kRoleProfile) {
    const Result<RoleProfile> profile = RoleProfile::Parse(found->text);
    if (!profile.ok()) return DamagedRule();
    const bool own = profile->organisation() && *profile->organisation() == caller.id;
    if (!order.by.roles.Has(Role::kRegistrar) && !own) return NotYours();
  } else {
    if (!order.by.roles.Has(Role::kRegistrar)) return NotYours();
    const auto standing = std::count_if(rows.begin(), rows.end(),
                                        [&](const DocumentRow& row) { return row.name == name && !row.withdrawn_at; });
    if (standing == 1 && !found->withdrawn_at)
      return Fault{Reason::kStateConflict, "", "it is the only version of this taxonomy; put another one first"};
    TRY(CheckWithout(store_, *found));
  }
  Changes changes;
  if (!found->withdrawn_at) changes.emplace_back(WithdrawDocument{name, found->version, now});
  changes.emplace_back(
      Audited(now, order.by, {.what = "rules.withdrawn", .object = name, .request = order.request.text()}));
  changes.emplace_back(AppendEvent{{now, "rules.withdrawn", name}});
  changes.emplace_back(RememberAnswer{{caller.id, order.request, key.digest, "done", now}});
  return ApplyOnce(store_, changes, key);
}

}  // namespace passport
