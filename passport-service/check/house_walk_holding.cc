// How people hold their passports.
#include <algorithm>

#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {

Result<void> HouseWalk::HolderKeys() {
  return EachRow([&](const std::string& after) { return store_.AllHolderKeys(after, kPageRows); },
                 [&](const HolderKeyRow& row) -> Result<void> {
                   ++report_.holder_keys;
                   const std::string name = "a holder key of person " + row.person.text();
                   if (!people_.contains(row.person.text())) Violation(name + " has no person");
                   TRY_ASSIGN(const auto theirs, store_.HolderKeysOf(row.person));
                   const auto same = [&](const HolderKeyRow& each) { return each.thumbprint == row.thumbprint; };
                   if (std::none_of(theirs.begin(), theirs.end(), same)) Violation(name + " is not among theirs");
                   const auto good = [](const HolderKeyRow& each) { return !each.until; };
                   if (std::count_if(theirs.begin(), theirs.end(), good) > 1)
                     Violation(name + " is one of two that are good");
                   return {};
                 });
}

}  // namespace passport
