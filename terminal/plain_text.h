// Text for screens and files.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "credential/vocabulary/instant_text.h"

namespace passport {

// The text with '?' for everything that steers a terminal or is not UTF-8: control characters, marks that turn the
// direction of writing. Safe for a screen and inside JSON.
std::string Plain(std::string_view text);

// How many characters a person sees; a byte that continues a character does not count. For plain text.
std::size_t WidthOf(std::string_view plain);

// One field of a comma-separated file, quoted where it must be. A field that a spreadsheet would take for a formula is
// made text.
std::string CsvField(std::string_view text);

}  // namespace passport
