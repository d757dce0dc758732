#include "verifier-cli/printable.h"

#include <cstddef>
#include <cstdint>

#include "credential/encoding/utf8.h"

namespace passport {
namespace {

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
    const CodePoint first = FirstCodePoint(text);
    if (first.bytes == 0) {
      out += "\\x";
      AppendHex(static_cast<std::uint8_t>(text.front()), 2, out);
    } else if (SteersText(first.value)) {
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
