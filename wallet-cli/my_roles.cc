#include "wallet-cli/my_roles.h"

#include <algorithm>
#include <array>
#include <utility>

namespace passport {
namespace {

bool IsLiveShare(const ShareAnswer& share) { return share.state == "given" || share.state == "renewing"; }

bool Named(const CarriedRole& role) { return role.receiver.empty(); }

// With no role at all: what runs out by itself.
Result<Outlook> OwnEnds(const PublishedRules& rules, const MyRecords& mine, const OutlookTerms& terms) {
  const auto none = [](std::string_view, const CivilDay&) -> Result<const RoleProfile*> {
    return Fault{Reason::kNotFound, "", "no role was asked about"};
  };
  return LookAhead({}, none, rules.taxonomies(), mine.records, terms);
}

bool IsSame(const ComingEnd& a, const ComingEnd& b) {
  return a.last_day == b.last_day && a.profile == b.profile && a.requirement == b.requirement;
}

bool IsSame(const Lack& a, const Lack& b) {
  return a.from == b.from && a.profile == b.profile && a.requirement == b.requirement;
}

// One role at two places may say the same twice.
template <class Thing>
void MergeOne(Thing thing, std::vector<Thing>& all) {
  const bool there = std::any_of(all.begin(), all.end(), [&](const Thing& each) { return IsSame(each, thing); });
  if (!there) all.push_back(std::move(thing));
}

// What the role says alone: what runs out by itself was told already.
void Merge(Outlook role, Outlook& outlook) {
  for (ComingEnd& end : role.ends) {
    if (!end.profile.empty()) MergeOne(std::move(end), outlook.ends);
  }
  for (Lack& lack : role.lacks) MergeOne(std::move(lack), outlook.lacks);
}

}  // namespace

std::vector<CarriedRole> WithSharesOf(std::vector<CarriedRole> roles, const std::vector<ShareAnswer>& shares) {
  std::erase_if(roles, [](const CarriedRole& role) { return !Named(role); });
  for (const ShareAnswer& share : shares) {
    if (!IsLiveShare(share) || share.profile.empty() || roles.size() >= kCarriedRolesMax) continue;
    if (!OrganisationId::Parse(share.receiver).ok()) continue;
    const CarriedRole role{.profile = share.profile,
                           .at = share.receiver,
                           .receiver = share.receiver,
                           .receiver_name = share.receiver_name};
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
  }
  return roles;
}

Result<void> NameRole(std::vector<CarriedRole>& roles, const std::string& profile, const std::string& at) {
  for (CarriedRole& role : roles) {
    if (!Named(role) || role.profile != profile) continue;
    role.at = at;
    return {};
  }
  if (roles.size() >= kCarriedRolesMax)
    return Fault{Reason::kLimit, "", "a passport remembers at most 64 roles; forget one: --forget-role ROLE"};
  roles.push_back({.profile = profile, .at = at, .receiver = {}, .receiver_name = {}});
  return {};
}

bool ForgetRole(std::vector<CarriedRole>& roles, std::string_view profile) {
  return std::erase_if(roles, [&](const CarriedRole& role) { return Named(role) && role.profile == profile; }) > 0;
}

std::string WhyItCounts(const CarriedRole& role) {
  if (Named(role)) return "you named it";
  return (role.receiver_name.empty() ? role.receiver : role.receiver_name) + " has something of yours for it";
}

Result<RolesAhead> LookAheadOfRoles(const std::vector<CarriedRole>& roles, const std::vector<std::string>& named_now,
                                    const PublishedRules& rules, const MyRecords& mine, Engagement engagement,
                                    Instant now) {
  const CivilDay today = CivilDay::InLondon(now);
  TRY_ASSIGN(const OrganisationId anybody, OrganisationId::Parse("ods:X"));
  TRY_ASSIGN(Outlook outlook, OwnEnds(rules, mine, {anybody, anybody, engagement, today}));
  RolesAhead ahead{.outlook = std::move(outlook), .counted = {}, .left_out = {}};
  for (const CarriedRole& role : roles) {
    TRY_ASSIGN(const OrganisationId at, OrganisationId::Parse(role.at));
    const std::array<std::string, 1> one = {role.profile};
    const bool just_named =
        Named(role) && std::find(named_now.begin(), named_now.end(), role.profile) != named_now.end();
    if (!just_named && !rules.InForce(role.profile, today, now).ok()) {
      ahead.left_out.push_back("the role " + role.profile + " (" + WhyItCounts(role) +
                               "): the published files have no such role today");
      continue;
    }
    // Whoever has a share takes the person in as it has asked; a job is another matter.
    const Engagement how = Named(role) ? engagement : Engagement::kPlacement;
    TRY_ASSIGN(Outlook of_role,
               LookAhead(one, [&](std::string_view id, const CivilDay& day) { return rules.InForce(id, day, now); },
                         rules.taxonomies(), mine.records, {at, at, how, today}));
    Merge(std::move(of_role), ahead.outlook);
    ahead.counted.push_back(role);
  }
  std::stable_sort(ahead.outlook.ends.begin(), ahead.outlook.ends.end(),
                   [](const ComingEnd& a, const ComingEnd& b) { return a.last_day < b.last_day; });
  return ahead;
}

}  // namespace passport
