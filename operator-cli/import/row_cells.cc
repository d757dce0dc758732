#include "operator-cli/import/row_cells.h"

#include <algorithm>
#include <array>
#include <utility>

namespace passport {
namespace {

constexpr std::size_t kEmployeeNumberMax = 20;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Whether a control character begins the text: C0, DEL, or C1 in UTF-8.
bool IsControl(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  return byte(0) < 0x20U || byte(0) == 0x7FU || (byte(0) == 0xC2U && byte(1) < 0xA0U);
}

bool IsIsoShaped(std::string_view text) {
  if (text.size() != 10U) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4U || i == 7U;
    if (dash ? text[i] != '-' : !IsDigit(text[i])) return false;
  }
  return true;
}

// 1 to 12 for "Nov" in any case, else 0.
int MonthOf(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (std::equal(text.begin(), text.end(), kMonths[i].begin(), kMonths[i].end(),
                   [](char a, char b) { return Lower(a) == b; })) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

int NumberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

}  // namespace

std::string AsWord(std::string_view text) {
  std::string word;
  for (const char c : text) {
    if (IsSpace(c) || c == '-') {
      if (!word.empty() && word.back() != '_') word.push_back('_');
    } else {
      word.push_back(Lower(c));
    }
  }
  return word;
}

bool RowCells::AllEmpty(std::size_t first, std::size_t last) const {
  for (std::size_t column = first; column <= last; ++column) {
    if (!Empty(column)) return false;
  }
  return true;
}

Fault RowCells::Blame(std::size_t column, std::string_view rule, Reason reason) {
  blamed_ = ColumnsOf(layout_.format)[column];
  return {reason, "", std::string(blamed_) + ": " + std::string(rule)};
}

Result<std::string> RowCells::Text(std::size_t column) {
  const std::string_view cell = Cell(column);
  if (cell.empty()) return Blame(column, "is empty");
  std::string text;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (IsSpace(c)) {
      if (text.back() == ' ') continue;
      text.push_back(' ');
    } else {
      if (IsControl(cell.substr(i))) return Blame(column, "holds a control character");
      text.push_back(c);
    }
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++characters;
  }
  if (characters > kCellTextCharactersMax) return Blame(column, "is longer than 80 characters");
  return text;
}

Result<std::string> RowCells::EmployeeNumber(std::size_t column) {
  const std::string_view cell = Cell(column);
  if (cell.empty()) return Blame(column, "is empty");
  const bool good = cell.size() <= kEmployeeNumberMax && std::all_of(cell.begin(), cell.end(), [](char c) {
                      return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'z') || c == '-';
                    });
  if (!good) return Blame(column, "is not 1 to 20 letters, digits and dashes");
  return std::string(cell);
}

Result<CivilDay> RowCells::Day(std::size_t column) {
  const std::string_view cell = Cell(column);
  if (cell.empty()) return Blame(column, "is empty");
  if (!IsIsoShaped(cell)) {
    return Blame(column,
                 "is not a day like 2026-11-22; other forms are not guessed at, nor a spreadsheet's day numbers");
  }
  auto day = CivilDay::Parse(cell);
  if (!day.ok()) return Blame(column, "there is no such day");
  return day;
}

Result<CivilDay> RowCells::EsrDay(std::size_t column) {
  const std::string_view cell = Cell(column);
  if (cell.empty()) return Blame(column, "is empty");
  const bool shaped = cell.size() == 11U && IsDigit(cell[0]) && IsDigit(cell[1]) && cell[2] == '-' && cell[6] == '-' &&
                      std::all_of(cell.begin() + 7, cell.end(), IsDigit);
  const int month = shaped ? MonthOf(cell.substr(3, 3)) : 0;
  if (month == 0) {
    return Blame(column,
                 "is not a day like 30-Nov-2028; other forms are not guessed at, nor a spreadsheet's day numbers");
  }
  auto day = CivilDay::Of(NumberOf(cell.substr(7)), month, NumberOf(cell.substr(0, 2)));
  if (!day.ok()) return Blame(column, "there is no such day");
  return day;
}

Result<CivilDay> RowCells::NotInFuture(std::size_t column, Result<CivilDay> day) {
  if (day.ok() && *day > today_) return Blame(column, "lies in the future");
  return day;
}

Result<CivilDay> RowCells::PastDay(std::size_t column) { return NotInFuture(column, Day(column)); }
Result<CivilDay> RowCells::PastEsrDay(std::size_t column) { return NotInFuture(column, EsrDay(column)); }

Result<std::string> RowCells::Word(std::size_t column, std::span<const std::string_view> allowed) {
  if (Empty(column)) return Blame(column, "is empty");
  std::string word = AsWord(Cell(column));
  if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) return word;
  std::string rule = "is not one of";
  for (const std::string_view one : allowed) rule.append(&one == allowed.data() ? " " : ", ").append(one);
  return Blame(column, rule);
}

Result<std::string> RowCells::OpenWord(std::size_t column) {
  if (Empty(column)) return Blame(column, "is empty");
  std::string word = AsWord(Cell(column));
  const bool plain =
      std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '_'; });
  if (!plain || IsDigit(word.front()) || word.front() == '_') {
    return Blame(column, "holds more than letters, digits, spaces and dashes, or does not begin with a letter");
  }
  if (word.size() > kWordBytesMax) return Blame(column, "is longer than 60 characters");
  return word;
}

Result<bool> RowCells::Truth(std::size_t column) {
  static constexpr std::array<std::string_view, 2> kWords = {"yes", "no"};
  TRY_ASSIGN(const std::string word, Word(column, kWords));
  return word == "yes";
}

Result<void> RowCells::MustBeEmpty(std::size_t column, std::string_view because) {
  if (Empty(column)) return {};
  return Blame(column, std::string("must be empty ").append(because));
}

}  // namespace passport
