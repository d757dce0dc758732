#include "tests/docs/page_blocks.h"

#include <fstream>
#include <iterator>
#include <sstream>

namespace passport {

std::string ReadPage(std::string_view path) {
  std::ifstream file{std::string(path), std::ios::binary};
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> BlocksOf(std::string_view path) {
  std::vector<std::string> blocks;
  std::istringstream lines(ReadPage(path));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) blocks.emplace_back();
    } else if (inside) {
      if (!blocks.back().empty()) blocks.back() += '\n';
      blocks.back() += line;
    }
  }
  return blocks;
}

std::string Joined(std::string_view block) {
  std::string text;
  for (const char c : block) {
    if (c != '\n') text += c;
  }
  return text;
}

}  // namespace passport
