// 1 / s modulo the order of P-256, for signatures that are verified: public numbers, so its time may depend on them.
#pragma once

#include <array>
#include <cstdint>

namespace passport {

// 256 bits in four words, the least significant first.
using P256Scalar = std::array<std::uint64_t, 4>;

// The order of the curve (SEC 2, 2.4.2).
inline constexpr P256Scalar kP256Order = {0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff,
                                          0xffffffff00000000};

// `s` is 1 .. order - 1. Pure. Never for a secret.
P256Scalar InverseModOrder(const P256Scalar& s);

}  // namespace passport
