#include "samples/demo/screen.h"

#include <algorithm>

namespace passport {
namespace {

constexpr std::size_t kNameColumns = 36;

// Columns of UTF-8 text: bytes that go on with a character take none.
std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

void Screen::Chapter(std::string_view title) { out_ << "\n" << ++chapter_ << ". " << title << "\n" << std::flush; }

void Screen::Say(std::string_view text) { Wrap("   ", "   ", text); }

void Screen::Point(std::string_view text) { Wrap("   - ", "     ", text); }

void Screen::Row(std::string_view name, std::string_view text) {
  std::string first = "     " + std::string(name);
  const std::size_t width = Columns(first);
  first.append(width < kNameColumns ? kNameColumns - width : 1, ' ');
  Wrap(first, std::string(kNameColumns, ' '), text);
}

void Screen::Command(std::string_view line) { out_ << "     " << line << "\n" << std::flush; }

void Screen::Gap() { out_ << "\n" << std::flush; }

void Screen::Wrap(std::string_view first, std::string_view next, std::string_view text) {
  std::string line(first);
  bool empty = true;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (!empty && Columns(line) + 1 + Columns(word) > kColumns) {
      out_ << line << "\n";
      line = next;
      empty = true;
    }
    if (!empty) line.push_back(' ');
    line.append(word);
    empty = false;
  }
  out_ << line << "\n" << std::flush;
}

std::string Count(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string Count(std::size_t number, std::string_view one, std::string_view many) {
  return Count(number) + " " + std::string(number == 1 ? one : many);
}

}  // namespace passport
