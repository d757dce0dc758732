// The primitives of the key store: a key from a passphrase, sealing bytes under a key, and a digest under a key.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/random.h"
#include "credential/vocabulary/result.h"
#include "keys/scrypt_cost.h"
#include "keys/secret.h"

namespace passport {

inline constexpr std::size_t kSealKeyBytes = 32;
inline constexpr std::size_t kSealIvBytes = 12;
inline constexpr std::size_t kSealTagBytes = 16;
inline constexpr std::size_t kSealOverheadBytes = kSealIvBytes + kSealTagBytes;

// True from kLeastCost to kMostCost, N a power of two.
bool IsSane(ScryptCost cost);
// scrypt (RFC 7914) to 32 bytes. Takes 128 * N * r bytes of memory and, at kProductionCost, half a second. Fails with
// kKeyStore when the cost is not sane or there is no memory.
Result<Secret> DeriveKey(const Secret& passphrase, std::span<const std::uint8_t> salt, ScryptCost cost);

// AES-256-GCM (NIST SP 800-38D) with a random 96-bit initialisation vector: vector, ciphertext, tag. `key` is
// kSealKeyBytes. Fails with kSigning when the crypto library can not. Any thread may call.
Result<std::vector<std::uint8_t>> SealBytes(const Secret& key, std::span<const std::uint8_t> plaintext,
                                            std::span<const std::uint8_t> aad, Random& random);
// Fails with kKeyStore when anything was altered or the key is another one; then nothing is released.
Result<Secret> UnsealBytes(const Secret& key, std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> aad);

// HMAC-SHA256 (RFC 2104, FIPS 198-1). Fails with kSigning when the crypto library can not. Any thread may call.
Result<Digest> HmacSha256(const Secret& key, std::span<const std::uint8_t> bytes);

}  // namespace passport
