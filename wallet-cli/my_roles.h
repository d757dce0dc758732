// The roles a person works in, as far as it is known: those they have named, and those for which somebody has a live
// share of theirs. By the strictest rule of all of them things end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/outlook.h"
#include "wallet-cli/my_records.h"
#include "wallet-cli/wallet_session.h"

namespace passport {

// The same roles with these of live shares in the place of those that were there; one past kCarriedRolesMax is left
// out, those the person named never.
std::vector<CarriedRole> WithSharesOf(std::vector<CarriedRole> roles, const std::vector<ShareAnswer>& shares);

// The person works there in this role: remembered, in the place of another place for it. Fails with kLimit.
Result<void> NameRole(std::vector<CarriedRole>& roles, const std::string& profile, const std::string& at);
// False when they have not named it.
bool ForgetRole(std::vector<CarriedRole>& roles, std::string_view profile);

// "you named it", "Example Council has a share for it".
std::string WhyItCounts(const CarriedRole& role);

// What is coming by all these roles, each at its own place. A role whose profile is not in force is not counted and
// named in `left_out`; of one that was named just now that is a fault (kNotFound).
struct RolesAhead {
  Outlook outlook;
  std::vector<CarriedRole> counted;
  std::vector<std::string> left_out;
};
Result<RolesAhead> LookAheadOfRoles(const std::vector<CarriedRole>& roles, const std::vector<std::string>& named_now,
                                    const PublishedRules& rules, const MyRecords& mine, Engagement engagement,
                                    Instant now);

}  // namespace passport
