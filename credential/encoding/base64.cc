#include "credential/encoding/base64.h"

#include <algorithm>

#include "credential/encoding/base64url.h"

namespace passport {

std::string EncodeBase64(std::string_view bytes) {
  std::string text = EncodeBase64Url(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % 4 != 0) text += '=';
  return text;
}

Result<std::string> DecodeBase64(std::string_view text) {
  const Fault refused{Reason::kMalformed, "", "not base64"};
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos) return refused;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  std::string other(text);
  std::replace(other.begin(), other.end(), '+', '-');
  std::replace(other.begin(), other.end(), '/', '_');
  std::string bytes;
  if (!DecodeBase64Url(other, bytes).ok()) return refused;
  return bytes;
}

}  // namespace passport
