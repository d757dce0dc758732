// The registry's payload, read and judged entry by entry. Part of TrustRegistry::Read; entries are compared with each
// other there.
#pragma once

#include "credential/encoding/json.h"
#include "credential/trust/trust_registry.h"

namespace passport {

// Scheme, keys, documents and organisations, in their order. Unknown members are refused: one we do not understand may
// restrict what we would allow. Fails with kRegistry (TRUST-04, -09, -10) or kLimit.
Result<RegistryContent> ReadRegistryPayload(const json::Value& payload);

}  // namespace passport
