// What a registry may not say, because it would contradict itself. Part of TrustRegistry::Read.
#pragma once

#include "credential/crypto/key_set.h"
#include "credential/trust/registry_content.h"

namespace passport {

// Each id, issuer, prefix and key stands once, in one role; windows and states follow each other; successors are listed
// and come to an end (TRUST-02, -04, -05, -08, -09). `pinned` are the keys that may sign it. Fails with kRegistry.
Result<void> CheckRegistry(const RegistryContent& content, const KeySet& pinned);

}  // namespace passport
