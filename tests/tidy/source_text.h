// C++ source as text: what is code, what is a comment, what it includes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passport::tidy {

enum class Blank { kComments, kCommentsAndLiterals };

// The source with comments, or comments and the insides of string and character literals, turned into spaces. Line
// breaks stay, so line numbers stay.
std::string Blanked(std::string_view source, Blank what);

struct Include {
  std::string target;  // what stands between the quotes or brackets
  bool angle = false;  // <target>, not "target"
  int line = 0;        // from 1
};

// The #include lines that are not in comments.
std::vector<Include> IncludesOf(std::string_view source);

// The line number, from 1, of a position in a text.
int LineAt(std::string_view text, std::size_t position);

// How many lines a text has; a last line without a line break counts.
int CountLines(std::string_view text);

}  // namespace passport::tidy
