// How dear it is to try a passphrase.
#pragma once

#include <cstdint>

namespace passport {

// The parameters of scrypt (RFC 7914): N is a power of two; memory is 128 * N * r bytes.
struct ScryptCost {
  std::uint32_t N;
  std::uint32_t r;
  std::uint32_t p;
  constexpr bool operator==(const ScryptCost&) const = default;
};
// 128 MiB and about half a second. What every store of a real site is made and opened with.
inline constexpr ScryptCost kProductionCost{.N = 131072, .r = 8, .p = 1};
// The least that any store may state, and what tests use: 16 MiB, some 60 ms.
inline constexpr ScryptCost kLeastCost{.N = 16384, .r = 8, .p = 1};
// The most, so that a damaged header can not ask for all memory: 1 GiB.
inline constexpr ScryptCost kMostCost{.N = 1048576, .r = 8, .p = 4};

}  // namespace passport
