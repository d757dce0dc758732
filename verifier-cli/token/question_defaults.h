// What holds for questions by key alone where the asker says nothing. A policy says everything itself.
#pragma once

#include <cstdint>

#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr Seconds kLeewayDefault{60};
inline constexpr Seconds kProofAgeDefault{300};
// The latest instant that can be asked about (JWT-10).
inline constexpr std::int64_t kAtMax = (std::int64_t{1} << 53) - 1;

}  // namespace passport
