#include "credential/crypto/der.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace passport {
namespace {

constexpr std::uint8_t kConstructed = 0x20;
constexpr std::uint8_t kBoolean = 0x01;
constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kBitString = 0x03;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kSet = 0x31;

std::uint8_t At(std::string_view bytes, std::size_t place) { return static_cast<std::uint8_t>(bytes[place]); }

// Takes the length off the front.
std::optional<std::size_t> TakeLength(std::string_view& bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::uint8_t first = At(bytes, 0);
  bytes.remove_prefix(1);
  if (first < 0x80) return first;
  const std::size_t count = first & 0x7fU;
  if (count == 0 || count > 4 || count > bytes.size() || At(bytes, 0) == 0) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | At(bytes, i);
  bytes.remove_prefix(count);
  if (length < 0x80) return std::nullopt;
  return length;
}

bool IsInteger(std::string_view content) {
  if (content.size() < 2) return !content.empty();
  const bool high = (At(content, 1) & 0x80U) != 0;
  return !(At(content, 0) == 0x00 && !high) && !(At(content, 0) == 0xff && high);
}

bool FitsTag(std::uint8_t tag, std::string_view content) {
  if (tag == kBoolean) return content.size() == 1 && (At(content, 0) == 0x00 || At(content, 0) == 0xff);
  if (tag == kInteger) return IsInteger(content);
  if (tag == kBitString) return !content.empty() && At(content, 0) < 8;
  // Universal types other than SEQUENCE and SET are never in pieces.
  const bool universal = (tag & 0xc0U) == 0;
  return !universal || (tag & kConstructed) == 0 || tag == kSequence || tag == kSet;
}

bool TakeValue(std::string_view& bytes, int depth) {
  if (bytes.empty() || depth > kDerDepthMax) return false;
  const std::uint8_t tag = At(bytes, 0);
  if (tag == 0 || (tag & 0x1fU) == 0x1f) return false;
  bytes.remove_prefix(1);
  const std::optional<std::size_t> length = TakeLength(bytes);
  if (!length || *length > bytes.size()) return false;
  std::string_view content = bytes.substr(0, *length);
  bytes.remove_prefix(*length);
  if (!FitsTag(tag, content)) return false;
  if ((tag & kConstructed) == 0) return true;
  while (!content.empty()) {
    if (!TakeValue(content, depth + 1)) return false;
  }
  return true;
}

}  // namespace

bool IsDer(std::string_view bytes) { return TakeValue(bytes, 0) && bytes.empty(); }

}  // namespace passport
