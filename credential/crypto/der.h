// Whether bytes are DER (X.690): what a decoder of BER would also take in other forms is refused here.
#pragma once

#include <string_view>

namespace passport {

// True if `bytes` are exactly one value in DER, nested kDerDepthMax deep at most: definite lengths in their shortest
// form, one-byte tags, booleans 00 or ff, integers without needless leading bytes. What stands inside octet strings and
// bit strings is not looked at; ask again for that. Pure.
bool IsDer(std::string_view bytes);

inline constexpr int kDerDepthMax = 16;

}  // namespace passport
