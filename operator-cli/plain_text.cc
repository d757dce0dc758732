#include "operator-cli/plain_text.h"

#include <cstdint>
#include <cstdio>

#include "operator-cli/import/utf8.h"

namespace passport {
namespace {

std::size_t LengthOf(char lead) {
  const auto byte = static_cast<std::uint8_t>(lead);
  return byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
}

// One well-formed character.
bool Steers(std::string_view character) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(character[at]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
  if (character.size() == 2) return (byte(0) == 0xc2 && byte(1) < 0xa0) || character == "\xd8\x9c";
  if (character.size() != 3 || byte(0) != 0xe2) return false;
  const bool marks = byte(1) == 0x80 && (byte(2) == 0x8e || byte(2) == 0x8f || (byte(2) >= 0xa8 && byte(2) <= 0xae));
  const bool isolates = byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
  return marks || isolates;
}

}  // namespace

std::string Plain(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const std::size_t good = FirstByteNotUtf8(text).value_or(text.size());
    std::string_view rest = text.substr(0, good);
    while (!rest.empty()) {
      const std::string_view character = rest.substr(0, LengthOf(rest.front()));
      plain += Steers(character) ? "?" : character;
      rest.remove_prefix(character.size());
    }
    text.remove_prefix(good);
    if (text.empty()) break;
    plain += '?';
    text.remove_prefix(1);
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
