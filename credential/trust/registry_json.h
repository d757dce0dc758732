// The registry's payload, read and judged entry by entry. Part of TrustRegistry::Read; entries are compared with each
// other there.
#pragma once

#include <string_view>

#include "credential/encoding/json.h"
#include "credential/trust/trust_registry.h"

namespace passport {

// "registry: <what>" as a fault of that check.
Fault RegistryRefused(std::string_view check, std::string_view what);

// Version, times, organisations, documents, receipt keys, in their order. Unknown members are refused: one we do not
// understand may restrict what we would allow. Fails with kRegistry (TRUST-04, -09, -10) or kLimit.
Result<RegistryContent> ReadRegistryPayload(const json::Value& payload);

}  // namespace passport
