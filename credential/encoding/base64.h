// base64 with padding (RFC 4648 section 4), as certificates stand in `x5c` and in lists of trusted entities.
//
// Strict both ways: one byte string has exactly one text. White space, missing padding, the other alphabet and non-zero
// trailing bits are refused.
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

std::string EncodeBase64(std::string_view bytes);
// Fails with kMalformed.
Result<std::string> DecodeBase64(std::string_view text);

}  // namespace passport
