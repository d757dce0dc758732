#include "terminal/plain_text.h"

#include <cstdint>
#include <cstdio>

#include "credential/encoding/utf8.h"

namespace passport {
std::string Plain(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const CodePoint first = FirstCodePoint(text);
    const std::size_t bytes = first.bytes == 0 ? 1 : first.bytes;
    plain += first.bytes == 0 || SteersText(first.value) ? "?" : text.substr(0, bytes);
    text.remove_prefix(bytes);
  }
  return plain;
}

std::size_t WidthOf(std::string_view plain) {
  std::size_t width = 0;
  for (const char c : plain) width += (static_cast<std::uint8_t>(c) & 0xc0U) != 0x80U ? 1 : 0;
  return width;
}

std::string CsvField(std::string_view text) {
  constexpr std::string_view kFormulaStarts = "=+@";  // not '-': a credential id may begin with it and must stay itself
  std::string field = Plain(text);
  if (!field.empty() && kFormulaStarts.find(field.front()) != std::string_view::npos) field.insert(field.begin(), '\'');
  if (field.find_first_of(",\"") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace passport
