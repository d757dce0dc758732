// UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing past U+10FFFF. Pure; any thread may call.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace passport {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;  // 0: what the text begins with is not UTF-8
};

// The code point at the start of a text that is not empty.
CodePoint FirstCodePoint(std::string_view text);

// Position of the first byte that begins no well-formed character; nothing when all is well.
std::optional<std::size_t> FirstByteNotUtf8(std::string_view bytes);

// Control characters (C0, DEL, C1), line separators and marks that turn the direction of writing: what makes a screen
// show something else than the text says.
bool SteersText(char32_t point);

}  // namespace passport
