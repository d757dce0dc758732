// SHA-256 (FIPS 180-4).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace passport {

using Digest = std::array<std::uint8_t, 32>;

// Any thread may call. Ends the process if the crypto library can not hash: nothing can be checked without.
Digest Sha256(std::span<const std::uint8_t> bytes);
Digest Sha256(std::string_view bytes);

// base64url of the digest, 43 characters: how JOSE and SD-JWT write it.
std::string Sha256Text(std::string_view bytes);

}  // namespace passport
