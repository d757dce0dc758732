#include "credential/evidence/html_text.h"

#include <cstddef>

#include "credential/encoding/utf8.h"

namespace passport {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool IsHidden(char32_t code_point) {
  const auto within = [&](char32_t first, char32_t last) { return code_point >= first && code_point <= last; };
  return within(0, 0x1f) || within(0x7f, 0x9f) || code_point == 0xad || code_point == 0x61c || within(0x200b, 0x200f) ||
         within(0x2028, 0x202e) || within(0x2060, 0x206f) || within(0xfff0, 0xfffb) || code_point == 0xfeff ||
         within(0xe0000, 0xe0fff);
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint first = FirstCodePoint(text);
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
