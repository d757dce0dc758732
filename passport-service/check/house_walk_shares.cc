// What people have given.
#include <algorithm>

#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {

Result<void> HouseWalk::Shares() {
  return EachRow([&](const std::string& after) { return store_.AllShares(after, kPageRows); },
                 [&](const ShareRow& row) -> Result<void> {
                   ++report_.shares;
                   const std::string name = "share " + row.id.text();
                   if (!organisations_.contains(row.receiver)) Violation(name + " has no receiver");
                   if (row.person && !people_.contains(row.person->text())) Violation(name + " has no person");
                   if (!row.due.has_value()) Violation(name + " is never due");
                   if (IsLive(row.state) == row.sealed.empty())
                     Violation(name + " holds something it should not, or nothing");
                   if (!IsLive(row.state)) return {};
                   if (!row.person) Violation(name + " is nobody's");
                   for (const CredentialId& each : row.credentials) {
                     TRY_ASSIGN(const std::vector<ShareId> with, store_.SharesWith(each));
                     if (std::find(with.begin(), with.end(), row.id) == with.end())
                       Violation(name + " is not found by what it holds");
                   }
                   return {};
                 });
}

}  // namespace passport
