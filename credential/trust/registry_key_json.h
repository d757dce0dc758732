// Keys and certificates as the registry holds them, written and read strictly.
#pragma once

#include <vector>

#include "credential/trust/registry_content.h"
#include "credential/trust/registry_members.h"

namespace passport {

// "PublicKeyValues" of `identity`, each with its certificate of "X509Certificates" where it has one: every certificate
// stands once, in the order of the keys, under the fingerprint that its key names. Fails with kRegistry (TRUST-04) or
// kLimit.
Result<std::vector<RegistryKey>> ReadRegistryKeys(const RegistryMembers& identity, std::size_t keys_max);

// The same key as a JWK with its times, named as in the historical keys of OpenID Federation (nbf, exp, revoked), and
// the fingerprint of its certificate.
json::Value& MakeRegistryJwk(const RegistryKey& key, json::Tree& tree);

// Fails with kRegistry (TRUST-04).
Result<IssuingAuthority> ReadIssuingAuthority(const json::Value& entry);

}  // namespace passport
