// Which key a credential of ours is bound to, and which one a passport is.
#pragma once

#include <string>
#include <string_view>

#include "passport-service/acts/sealed_person.h"

namespace passport {

// The thumbprint of the key in `cnf`, of a token that we signed ourselves and keep. Fails with kStoreUnavailable when
// it can not be read.
Result<std::string> BoundKeyOf(std::string_view token);

// The thumbprint of a holder's public key. Fails likewise.
Result<std::string> ThumbprintOf(const HolderKeyPair& keys);

}  // namespace passport
