#include "credential/evidence/html_text.h"

#include <cstddef>
#include <cstdint>

namespace passport {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

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

bool IsHidden(std::uint32_t code_point) {
  const auto within = [&](std::uint32_t first, std::uint32_t last) {
    return code_point >= first && code_point <= last;
  };
  return within(0, 0x1f) || within(0x7f, 0x9f) || code_point == 0xad || code_point == 0x61c || within(0x200b, 0x200f) ||
         within(0x2028, 0x202e) || within(0x2060, 0x206f) || within(0xfff0, 0xfffb) || code_point == 0xfeff ||
         within(0xe0000, 0xe0fff);
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint first = FirstOf(text);
    const std::size_t bytes = first.bytes == 0 ? 1 : first.bytes;
    if (first.bytes == 0 || IsHidden(first.value)) {
      out += kReplacement;
    } else if (first.value == '&') {
      out += "&amp;";
    } else if (first.value == '<') {
      out += "&lt;";
    } else if (first.value == '>') {
      out += "&gt;";
    } else if (first.value == '"') {
      out += "&quot;";
    } else if (first.value == '\'') {
      out += "&#39;";
    } else {
      out.append(text.substr(0, bytes));
    }
    text.remove_prefix(bytes);
  }
  return out;
}

}  // namespace passport
