// Who may call.
#include <set>

#include "credential/vocabulary/caller_identity.h"
#include "passport-service/check/each_row.h"
#include "passport-service/check/house_walk.h"

namespace passport {

Result<void> HouseWalk::Systems() {
  return EachRow([&](const std::string& after) { return store_.AllSystems(after, kPageRows); },
                 [&](const SystemRow& row) -> Result<void> {
                   ++report_.systems;
                   const std::string name = "system " + row.name + " of " + row.organisation.text();
                   if (!SystemName::Parse(row.name).ok()) Violation(name + " has a name that is none");
                   if (!organisations_.contains(row.organisation)) Violation(name + " has no organisation");
                   std::set<Digest> keys;
                   for (const SystemCertificate& certificate : row.certificates) {
                     if (!keys.insert(certificate.spki).second) Violation(name + " has one certificate twice");
                   }
                   return {};
                 });
}

}  // namespace passport
