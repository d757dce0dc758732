// One entity of the registry's list, read strictly. Part of TrustRegistry::Read.
#pragma once

#include "credential/encoding/json.h"
#include "credential/trust/registry_content.h"

namespace passport {

inline constexpr std::size_t kRegistryRoleKeysMax = 200;     // of one organisation in one role, over the years
inline constexpr std::size_t kRegistryKindWindowsMax = 500;  // of one organisation
inline constexpr std::size_t kRegistryStatesMax = 200;       // of one organisation
inline constexpr std::size_t kRegistrySuccessionsMax = 50;   // of one organisation

// `listed_at` is when the list was issued: the service status must be the state then. Fails with kRegistry (TRUST-04,
// -09, -10) or kLimit.
Result<RegistryOrganisation> ReadRegistryEntity(const json::Value& entity, Instant listed_at);

}  // namespace passport
