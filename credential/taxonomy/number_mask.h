// Registration numbers against the masks of their regulator. A number is taken as it is written: an O is not a 0.
#pragma once

#include <span>
#include <string_view>

#include "credential/taxonomy/taxonomy.h"

namespace passport {

inline constexpr std::size_t kMaskBytesMax = 20;
inline constexpr int kMaskMoreDigitsMax = 20;

// True for 1 to 20 characters of A-Z, 0-9 and . - / with at least one that stands for something (9 or A).
bool IsMask(std::string_view mask);

// True if the number has the shape of one of the masks; of any shape when there are none.
bool FitsOne(std::span<const NumberMask> masks, std::string_view number);

}  // namespace passport
