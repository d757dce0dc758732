// The public key of the registry, which came another way than the registry itself.
#pragma once

#include <string>
#include <string_view>

#include "credential/crypto/key_set.h"

namespace passport {

// What is wrong with a file at hand is nothing that somebody presented or that a service was asked: kConfig.
Fault NotUsable(const std::string& path, std::string_view what, std::string_view detail);

// A JWK. Fails with kFileUnreadable, or kConfig when it is none.
Result<KeySet> ReadAnchor(const std::string& path, int standard_input);

}  // namespace passport
