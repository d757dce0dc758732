// The public key of the registry, which travels by another way than what it is to prove.
#pragma once

#include <string_view>

#include "credential/crypto/key_set.h"
#include "verifier-cli/world.h"

namespace passport {

// A JWK or a JWK set in a file, or on standard input. `flag` is named in faults: kFieldInvalid when it is none,
// kFileUnreadable.
Result<KeySet> ReadRegistryKey(std::string_view flag, std::string_view path, const World& world);

}  // namespace passport
