// Whether anybody can ever meet a requirement.
#pragma once

#include <optional>

#include "credential/decision/role_profile.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// Whether what has this `when` counts in an engagement.
bool Counts(const std::optional<Engagement>& when, Engagement engagement);
// Whether a need is a list of others: any_of, all_of, none_of.
bool IsList(const Need& need);

// False when nobody can meet a requirement of `profile` that counts in the engagement: no alternative is left for it,
// no record can meet its conditions, the requirement it refers to does not count, or another one rules out every record
// that would do. True when it can not be seen. In a local profile alone, a requirement of the base counts as met.
bool CanBeMet(const RoleProfile& profile, const Requirement& requirement, Engagement engagement, const Terms& terms);

}  // namespace passport
