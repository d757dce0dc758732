#include "passport-service/acts/current_trust.h"

namespace passport {

Result<Known> FindKnown(const CurrentTrust& trust) {
  Known known = trust.Get();
  if (known.trust == nullptr || known.rules == nullptr)
    return Fault{Reason::kRegistryStale, "", "nothing has been published yet"};
  return known;
}

}  // namespace passport
