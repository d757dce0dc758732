// The other way to pin a registry: by the root certificate of the region instead of the registry's key.
#pragma once

#include <string_view>

#include "credential/crypto/certificate.h"
#include "credential/crypto/key_set.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// The key of a registry whose `x5c` leads to the root (TRUST-01): a certificate for registries and nothing else, in its
// time at `now`. Nothing is said of the registry itself: TrustRegistry::Read judges it with this key. Fails with
// kRegistry.
Result<KeySet> RegistryKeyUnder(const Certificate& root, std::string_view registry, Instant now);

}  // namespace passport
