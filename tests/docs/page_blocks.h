// The examples of a page: its fenced blocks, in order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passport {

// Whole text of a file of the tree; empty if it can not be read.
std::string ReadPage(std::string_view path);
// What stands between ``` lines, without the last newline.
std::vector<std::string> BlocksOf(std::string_view path);
// The same text without line breaks and blanks at their ends: a long token is broken into lines on paper.
std::string Joined(std::string_view block);

}  // namespace passport
