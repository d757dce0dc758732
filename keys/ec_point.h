// The public half of a key as hardware modules give it (PKCS#11 2.40, 2.3.3: CKA_EC_POINT).
#pragma once

#include <cstdint>
#include <span>

#include "credential/crypto/p256.h"

namespace passport {

// The DER OCTET STRING of an uncompressed P-256 point (04 41 04 X Y), or the bare point (04 X Y) that some modules give
// instead. Fails with kKeyStore for anything else, also for a point that is not on the curve.
Result<P256Point> DecodeEcPoint(std::span<const std::uint8_t> attribute);

}  // namespace passport
