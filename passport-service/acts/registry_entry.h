// An organisation as the registry lists it: its row, the keys that the key store has for it, and their certificates.
#pragma once

#include <span>

#include "credential/trust/trust_registry.h"
#include "keys/key_info.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/ports/rows.h"

namespace passport {

// A call that began just before a key came or went signs with its own time: keys are listed this much longer at both
// ends.
inline constexpr Seconds kKeyOverlap{60};

// The keys of that owner and role as the registry lists them: staged ones, so that receivers know them before they
// sign; retired ones, because what they signed stays valid; compromised ones, so that receivers know that too. Fails
// with kKey when a stored point is damaged.
Result<std::vector<RegistryKey>> RegistryKeysOf(const KeyOwner& owner, KeyRole role, std::span<const KeyInfo> keys,
                                                const CertificatesByKid& certificates);

// Every authority that has signed one of these certificates.
std::vector<IssuingAuthority> IssuingAuthoritiesOf(std::span<const KeyInfo> keys,
                                                   const CertificatesByKid& certificates);

// Fails with kStoreUnavailable when the row names a kind of record that there is not, and as RegistryKeysOf does.
Result<RegistryOrganisation> EntryOf(const OrganisationRow& row, std::span<const KeyInfo> keys,
                                     const CertificatesByKid& certificates);

}  // namespace passport
