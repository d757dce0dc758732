// Forms that text has. Pure; any thread may call.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace passport {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsSmall(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

inline constexpr std::size_t kWordLengthMax = 60;

// A word: 1 to 60 of a-z, 0-9 and '_', with a letter first.
inline bool IsWord(std::string_view text) {
  return !text.empty() && text.size() <= kWordLengthMax && IsSmall(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsSmall(c) || IsDigit(c) || c == '_'; });
}

// Whether a control character of ASCII is in it.
inline bool HasControls(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace passport
