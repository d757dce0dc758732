#include "verifier-cli/printable.h"

#include <cstddef>
#include <cstdint>

namespace passport {
namespace {

struct CodePoint {
  std::uint32_t value;
  std::size_t bytes;  // 0: not UTF-8
};

// The code point at the start of a text that is not empty (RFC 3629).
CodePoint FirstOf(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {0, 0};
  std::uint32_t value = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if ((byte & 0xc0) != 0x80) return {0, 0};
    value = value << 6 | (byte & 0x3fU);
  }
  const bool too_short = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (too_short || surrogate || value > 0x10ffff) return {0, 0};
  return {value, length};
}

bool IsUnsafe(std::uint32_t code_point) {
  const bool control = code_point < 0x20 || (code_point >= 0x7f && code_point <= 0x9f);
  const bool direction = code_point == 0x61c || code_point == 0x200e || code_point == 0x200f ||
                         (code_point >= 0x202a && code_point <= 0x202e) ||
                         (code_point >= 0x2066 && code_point <= 0x2069);
  return control || direction || code_point == 0x2028 || code_point == 0x2029;
}

void AppendHex(std::uint32_t value, int digits, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kHex[value >> shift & 15U];
}

bool IsPlain(char c) { return c >= 0x20 && c < 0x7f; }

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && IsPlain(text[plain])) ++plain;
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const CodePoint first = FirstOf(text);
    if (first.bytes == 0) {
      out += "\\x";
      AppendHex(static_cast<std::uint8_t>(text.front()), 2, out);
    } else if (IsUnsafe(first.value)) {
      out += "\\u";
      AppendHex(first.value, 4, out);
    } else {
      out.append(text.substr(0, first.bytes));
    }
    text.remove_prefix(first.bytes == 0 ? 1 : first.bytes);
  }
  return out;
}

}  // namespace passport
