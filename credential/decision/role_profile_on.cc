// A local profile on top of its base.
#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "credential/decision/role_profile.h"
#include "credential/decision/role_profile_need.h"

namespace passport {
namespace {

Fault Wrong(std::string_view what) { return {Reason::kFieldInvalid, "", "role profile: " + std::string(what)}; }

// "BASE; and LOCAL", or the one that is there.
std::string Joined(const std::string& base, const std::string& local) {
  if (base.empty() || base == local) return local;
  if (local.empty()) return base;
  return base + "; and " + local;
}

// Both must be met, each for the engagement it is for.
Requirement Stricter(const Requirement& base, const Requirement& local) {
  Requirement both = base;
  both.needs = Joined(base.needs, local.needs);
  both.who = Joined(base.who, local.who);
  both.how = Joined(base.how, local.how);
  both.note = Joined(base.note, local.note);
  Need from_base = base.need;
  Need from_local = local.need;
  if (base.when != local.when) {
    from_base.when = base.when;
    from_local.when = local.when;
    both.when = std::nullopt;
  }
  both.need = Need{.form = Need::Form::kAllOf, .children = {std::move(from_base), std::move(from_local)}};
  both.added_to = true;
  return both;
}

Requirement Laid(const Requirement& base, const Requirement& local) {
  if (base.local == Requirement::Local::kStricterOnly) return Stricter(base, local);
  Requirement replaced = local;
  replaced.local = base.local;
  return replaced;
}

const Requirement* FindIn(const std::vector<Requirement>& requirements, std::string_view id) {
  const auto at =
      std::find_if(requirements.begin(), requirements.end(), [&](const Requirement& each) { return each.id == id; });
  return at == requirements.end() ? nullptr : &*at;
}

Digest DigestOfBoth(const Digest& local, const Digest& base) {
  std::array<std::uint8_t, 2 * std::tuple_size_v<Digest>> both{};
  std::copy(base.begin(), base.end(), std::copy(local.begin(), local.end(), both.begin()));
  return Sha256(both);
}

Result<void> CheckReferences(const std::vector<Requirement>& requirements) {
  std::set<std::string_view> before;
  for (const Requirement& requirement : requirements) {
    for (const std::string_view reference : ReferencesOf(requirement.need)) {
      if (!before.contains(reference))
        return Wrong("requirement " + requirement.id + " refers to a requirement that is not before it");
    }
    before.insert(requirement.id);
  }
  return {};
}

}  // namespace

Result<RoleProfile> RoleProfile::On(const RoleProfile& base) const {
  if (!extends_) return Wrong("it extends no other");
  if (extends_->profile != base.id_) return Wrong("it extends another profile");
  if (base.extends_) return Wrong("it extends a profile that is local itself");
  RoleProfile combined = *this;
  combined.requirements_.clear();
  for (const Requirement& requirement : base.requirements_) {
    const Requirement* const local = FindIn(requirements_, requirement.id);
    combined.requirements_.push_back(local == nullptr ? requirement : Laid(requirement, *local));
  }
  for (const Requirement& requirement : requirements_) {
    if (FindIn(base.requirements_, requirement.id) == nullptr) combined.requirements_.push_back(requirement);
  }
  TRY(CheckReferences(combined.requirements_));
  combined.effective_from_ = std::max(effective_from_, base.effective_from_);
  combined.expiring_within_days_ = std::max(expiring_within_days_, base.expiring_within_days_);
  combined.digest_ = DigestOfBoth(digest_, base.digest_);
  return combined;
}

}  // namespace passport
