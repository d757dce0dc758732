// Keys and certificates as the registry holds them, written and read strictly.
#pragma once

#include <vector>

#include "credential/crypto/certificate.h"
#include "credential/trust/registry_content.h"
#include "credential/trust/registry_members.h"

namespace passport {

// "PublicKeyValues" of `identity`, each with its certificate of "X509Certificates" where it has one: every certificate
// stands once, in the order of the keys, under the fingerprint that its key names, and is that of a key for `use` and
// nothing else, named `uri` (empty: whatever one name). Its end is not judged: what it signed stays. Fails with
// kRegistry (TRUST-04, -08) or kLimit.
Result<std::vector<RegistryKey>> ReadRegistryKeys(const RegistryMembers& identity, CertificateUse use,
                                                  std::string_view uri, std::size_t keys_max);

// The same key as a JWK with its times, named as in the historical keys of OpenID Federation (nbf, exp, revoked), and
// the fingerprint of its certificate.
json::Value& MakeRegistryJwk(const RegistryKey& key, json::Tree& tree);

// Fails with kRegistry (TRUST-04).
Result<IssuingAuthority> ReadIssuingAuthority(const json::Value& entry);

}  // namespace passport
