#include "operator-cli/import/utf8.h"

#include <cstdint>

namespace passport {
namespace {

std::uint8_t At(std::string_view bytes, std::size_t i) {
  return i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : std::uint8_t{0};
}
bool Follows(std::uint8_t byte, std::uint8_t low = 0x80, std::uint8_t high = 0xBF) {
  return byte >= low && byte <= high;
}

// Length of the well-formed character that begins at i, or 0 (RFC 3629, 4).
std::size_t CharacterAt(std::string_view bytes, std::size_t i) {
  const std::uint8_t first = At(bytes, i);
  const std::uint8_t second = At(bytes, i + 1);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return Follows(second) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const std::uint8_t low = first == 0xE0 ? 0xA0 : 0x80;
    const std::uint8_t high = first == 0xED ? 0x9F : 0xBF;
    return Follows(second, low, high) && Follows(At(bytes, i + 2)) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const std::uint8_t low = first == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = first == 0xF4 ? 0x8F : 0xBF;
    return Follows(second, low, high) && Follows(At(bytes, i + 2)) && Follows(At(bytes, i + 3)) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::optional<std::size_t> FirstByteNotUtf8(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    const std::size_t length = CharacterAt(bytes, i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

}  // namespace passport
