// Any bytes as base64url: a text that is accepted is the only text of its bytes.
#include <cstdint>
#include <cstdlib>

#include "credential/encoding/base64url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string decoded;
  if (passport::DecodeBase64Url(text, decoded).ok()) {
    if (!passport::IsBase64UrlText(text) || passport::EncodeBase64Url(decoded) != text) std::abort();
  }
  const std::string encoded = passport::EncodeBase64Url(text);
  if (!passport::DecodeBase64Url(encoded, decoded).ok() || decoded != text) std::abort();
  return 0;
}
