// A digest as people and messages write it: 64 of 0-9 a-f.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/sha256.h"

namespace passport {

std::string HexOf(const Digest& digest);
// Nothing for what is not exactly such a text.
std::optional<Digest> DigestOfHex(std::string_view text);

}  // namespace passport
