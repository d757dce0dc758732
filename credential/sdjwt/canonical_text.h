// Whether a text is the one base64url text of some bytes, without decoding it.
#pragma once

#include <string_view>

#include "credential/encoding/base64url.h"

namespace passport {

// The alphabet, a possible length, and no unused bits set in the last character (RFC 4648, 3.5).
inline bool IsCanonicalBase64Url(std::string_view text) {
  if (!IsBase64UrlText(text)) return false;
  switch (text.size() % 4) {
    case 0:
      return true;
    case 2:
      return std::string_view("AQgw").find(text.back()) != std::string_view::npos;
    case 3:
      return std::string_view("AEIMQUYcgkosw048").find(text.back()) != std::string_view::npos;
    default:
      return false;
  }
}

}  // namespace passport
