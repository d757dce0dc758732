// How the tree of needs of a role profile is read.
#pragma once

#include <string_view>
#include <vector>

#include "credential/decision/profile_part.h"
#include "credential/decision/role_profile.h"

namespace passport {

// Reads one need, a requirement's own list of alternatives among them, with everything inside. `depth` counts the lists
// (any_of, all_of, none_of) it stands in. Fails with kFieldInvalid as RoleProfile::Parse does.
Result<Need> ReadNeed(const ProfilePart& part, std::size_t depth);

// Reads the any_of or the all_of of a requirement as the need that it is; exactly one of them must be there.
Result<Need> ReadNeedOfRequirement(const ProfilePart& requirement);

// The need itself and all that stand in it.
std::size_t CountNeeds(const Need& need);

// The ids of the requirements that conditions anywhere in it refer to (same_issuer_as, same_person_as), in their order.
// They live as long as the need.
std::vector<std::string_view> ReferencesOf(const Need& need);

}  // namespace passport
