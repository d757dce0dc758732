#include "credential/decision/role_profile.h"

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "credential/decision/profile_part.h"
#include "credential/decision/role_profile_need.h"
#include "credential/encoding/json.h"

namespace passport {
namespace {

// Needs four lists deep stand 16 deep in the JSON, with the words of a condition inside.
constexpr json::Limits kProfileJson{
    .bytes = kRoleProfileBytesMax, .depth = 16, .nodes = 20'000, .string_bytes = 1000, .members = 64};

Result<Requirement::Local> ReadLocal(const ProfilePart& part) {
  if (!part.Has("local")) return Requirement::Local::kStricterOnly;
  TRY_ASSIGN(const std::string word, part.Text("local"));
  if (word == "stricter_only") return Requirement::Local::kStricterOnly;
  if (word == "replaceable") return Requirement::Local::kReplaceable;
  return part.Wrong("local is not stricter_only or replaceable");
}

Result<Requirement> ReadRequirement(const ProfilePart& entry) {
  TRY(entry.Only({"id", "needs", "who", "how", "note", "local", "when", "any_of", "all_of"}));
  Requirement requirement{};
  TRY_ASSIGN(requirement.id, entry.Id("id"));
  TRY_ASSIGN(requirement.needs, entry.Text("needs"));
  TRY_ASSIGN(requirement.who, entry.TextOrNone("who"));
  TRY_ASSIGN(requirement.how, entry.TextOrNone("how"));
  TRY_ASSIGN(requirement.note, entry.TextOrNone("note"));
  TRY_ASSIGN(requirement.local, ReadLocal(entry));
  TRY_ASSIGN(requirement.when, entry.When());
  TRY_ASSIGN(requirement.need, ReadNeedOfRequirement(entry));
  return requirement;
}

}  // namespace

std::string_view WordOf(Engagement engagement) {
  switch (engagement) {
    case Engagement::kPlacement:
      return "placement";
    case Engagement::kEmployment:
      return "employment";
  }
  return "placement";
}

// Walks the JSON of one profile from its root.
class ProfileReader {
 public:
  static Result<RoleProfile> Read(std::string_view text) {
    json::Tree tree;
    TRY_ASSIGN(const json::Value* const value, tree.Parse(text, kProfileJson));
    const ProfilePart root(*value, "");
    TRY(root.Only({"id", "version", "title", "standing", "note", "effective_from", "expiring_within_days",
                   "organisation", "extends", "requirements"}));
    TRY_ASSIGN(const std::string effective, root.Text("effective_from"));
    const Result<CivilDay> day = CivilDay::Parse(effective);
    if (!day.ok()) return root.Wrong("effective_from is not a day");
    RoleProfile profile(*day);
    TRY_ASSIGN(profile.id_, root.Id("id"));
    TRY_ASSIGN(profile.version_, root.Whole("version"));
    TRY_ASSIGN(profile.title_, root.Text("title"));
    TRY_ASSIGN(profile.standing_, root.TextOrNone("standing"));
    TRY_ASSIGN(profile.note_, root.TextOrNone("note"));
    TRY_ASSIGN(profile.expiring_within_days_, root.Whole("expiring_within_days"));
    TRY(ReadBase(root, profile));
    TRY(ReadRequirements(root, profile));
    profile.text_ = text;
    profile.digest_ = Sha256(text);
    return profile;
  }

 private:
  static Result<void> ReadBase(const ProfilePart& root, RoleProfile& profile) {
    if (root.Has("organisation") != root.Has("extends"))
      return root.Wrong("organisation and extends stand together or not at all");
    if (!root.Has("extends")) return {};
    TRY_ASSIGN(const std::string organisation, root.Text("organisation"));
    Result<OrganisationId> whose = OrganisationId::Parse(organisation);
    if (!whose.ok()) return root.Wrong("organisation is not an organisation id");
    profile.organisation_ = std::move(whose).value();
    TRY_ASSIGN(const ProfilePart extends, root.Part("extends"));
    TRY(extends.Only({"profile"}));
    TRY_ASSIGN(std::string base, extends.Id("profile"));
    if (base == profile.id_) return root.Wrong("it extends itself");
    profile.extends_ = ProfileBase{.profile = std::move(base)};
    return {};
  }

  static Result<void> ReadRequirements(const ProfilePart& root, RoleProfile& profile) {
    TRY_ASSIGN(const std::vector<ProfilePart> entries, root.Parts("requirements"));
    Ids own;
    for (const ProfilePart& entry : entries) {
      TRY_ASSIGN(std::string id, entry.Id("id"));
      const ProfilePart named = entry.At(", requirement " + id);
      if (!own.insert(std::move(id)).second) return named.Wrong("a requirement id occurs twice");
    }
    Ids before;
    std::size_t needs = 0;
    for (const ProfilePart& entry : entries) {
      TRY_ASSIGN(const std::string id, entry.Id("id"));
      const ProfilePart named = entry.At(", requirement " + id);
      TRY_ASSIGN(Requirement requirement, ReadRequirement(named));
      if (profile.extends_ && named.Has("local")) return named.Wrong("local is not for a profile that extends another");
      for (const std::string_view reference : ReferencesOf(requirement.need)) {
        // A local profile may refer to a requirement of its base; On() sees whether it is there.
        const bool of_base = profile.extends_ && !own.contains(reference);
        if (!of_base && !before.contains(reference))
          return named.Wrong("it refers to a requirement that is not before it");
      }
      before.insert(id);
      needs += CountNeeds(requirement.need);
      if (needs > kNeedsMax)
        return Fault{Reason::kLimit, "", "role profile: more than " + std::to_string(kNeedsMax) + " needs"};
      profile.requirements_.push_back(std::move(requirement));
    }
    return {};
  }

  using Ids = std::set<std::string, std::less<>>;
};

Result<RoleProfile> RoleProfile::Parse(std::string_view text) { return ProfileReader::Read(text); }

}  // namespace passport
