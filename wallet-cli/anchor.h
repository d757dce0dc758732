// Why the person's program believes a registry: what the passport carries, as a pin.
#pragma once

#include "credential/passport/carried_passport.h"
#include "verifier-cli/files/published_tree.h"

namespace passport {

// A public key (JWK), a set of them, or the region's root certificate (PEM), with what is remembered. Fails with
// kConfig when it is none of these.
Result<RegistryPin> PinOf(const CarriedTrust& trust);

}  // namespace passport
