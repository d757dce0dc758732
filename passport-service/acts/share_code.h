// The code of a link: told apart from it, so that who finds the link alone has nothing.
#pragma once

#include <string>
#include <string_view>

#include "passport-service/acts/person_vault.h"

namespace passport {

// 8 characters of Crockford's base32 (40 bits). It follows from the id and the index key of the key store, and so is
// kept nowhere. Fails as KeyStore::KeyedDigest.
Result<std::string> CodeOfShare(const PersonVault& vault, const ShareId& id);

// Compared in constant time, as people write it: small letters, O for 0, I and L for 1, '-' and blanks between.
bool SameCode(std::string_view typed, std::string_view code);

}  // namespace passport
