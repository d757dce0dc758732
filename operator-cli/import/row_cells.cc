#include "operator-cli/import/row_cells.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

constexpr std::size_t kEmployeeNumberMax = 20;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Whether a control character begins the text: C0, DEL, or C1 in UTF-8.
bool IsControl(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  return byte(0) < 0x20U || byte(0) == 0x7FU || (byte(0) == 0xC2U && byte(1) < 0xA0U);
}

// Whether a character begins the text that turns direction, joins, or is none: U+061C, U+200E to U+200F, U+2028 to
// U+202E, U+2066 to U+2069, U+FEFF, U+FFFE, U+FFFF.
bool IsUnseen(std::string_view text) {
  const std::string_view two = text.substr(0, 2);
  const std::string_view three = text.substr(0, 3);
  return two == "\xD8\x9C" || (three >= "\xE2\x80\x8E" && three <= "\xE2\x80\x8F") ||
         (three >= "\xE2\x80\xA8" && three <= "\xE2\x80\xAE") || (three >= "\xE2\x81\xA6" && three <= "\xE2\x81\xA9") ||
         three == "\xEF\xBB\xBF" || three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
}

struct CellText {
  std::string text;  // one space for several
  std::size_t characters = 0;
};

// Nothing when it holds a control character.
std::optional<CellText> TextOfCell(std::string_view cell) {
  CellText result;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (IsSpace(c)) {
      if (result.text.ends_with(' ')) continue;
      result.text.push_back(' ');
    } else {
      if (IsControl(cell.substr(i))) return std::nullopt;
      result.text.push_back(c);
    }
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++result.characters;
  }
  return result;
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

Fault RowCells::Blame(std::size_t column, std::string_view rule, ValueClass value_class, Reason reason) {
  blamed_ = ColumnsOf(layout_.format)[column];
  blamed_class_ = value_class;
  return {reason, "", std::string(blamed_) + ": " + std::string(rule)};
}

Result<std::string> RowCells::Text(std::size_t column) {
  if (Empty(column)) return Blame(column, "is empty", ValueClass::kEmpty);
  auto read = TextOfCell(Cell(column));
  if (!read) return Blame(column, "holds a control character", ValueClass::kUnseenCharacter);
  if (read->characters > kCellTextCharactersMax) {
    return Blame(column, "is longer than 80 characters", ValueClass::kTooLong);
  }
  return std::move(read->text);
}

std::string RowCells::TextThatFits(std::size_t column) const {
  auto read = TextOfCell(Cell(column));
  if (!read || read->characters > kCellTextCharactersMax) return {};
  const std::string_view text = read->text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' || text[i] == '>' || IsUnseen(text.substr(i))) return {};
  }
  return std::move(read->text);
}

Result<std::string> RowCells::EmployeeNumber(std::size_t column) {
  const std::string_view cell = Cell(column);
  if (cell.empty()) return Blame(column, "is empty", ValueClass::kEmpty);
  const std::string_view rule = "is not 1 to 20 letters, digits and dashes";
  if (cell.size() > kEmployeeNumberMax) return Blame(column, rule, ValueClass::kTooLong);
  const bool good = std::all_of(cell.begin(), cell.end(),
                                [](char c) { return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'z') || c == '-'; });
  if (!good) return Blame(column, rule, ValueClass::kOtherForm);
  return std::string(cell);
}

Result<CivilDay> RowCells::Day(std::size_t column) {
  if (Empty(column)) return Blame(column, "is empty", ValueClass::kEmpty);
  const DayReading reading = ReadDay(Cell(column), forms_);
  if (!reading.day) return Blame(column, reading.rule, reading.value_class);
  return *reading.day;
}

Result<CivilDay> RowCells::PastDay(std::size_t column) {
  TRY_ASSIGN(const CivilDay day, Day(column));
  if (day > today_) return Blame(column, "lies in the future", ValueClass::kFutureDay);
  return day;
}

Result<std::string> RowCells::Word(std::size_t column, std::span<const std::string_view> allowed) {
  if (Empty(column)) return Blame(column, "is empty", ValueClass::kEmpty);
  std::string word = AsWord(Cell(column));
  if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) return word;
  std::string rule = "is not one of";
  for (const std::string_view one : allowed) rule.append(&one == allowed.data() ? " " : ", ").append(one);
  return Blame(column, rule, ValueClass::kUnknownWord);
}

Result<std::string> RowCells::OpenWord(std::size_t column) {
  if (Empty(column)) return Blame(column, "is empty", ValueClass::kEmpty);
  std::string word = AsWord(Cell(column));
  const bool plain =
      std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '_'; });
  if (!plain || IsDigit(word.front()) || word.front() == '_') {
    return Blame(column, "holds more than letters, digits, spaces and dashes, or does not begin with a letter",
                 ValueClass::kOtherForm);
  }
  if (word.size() > kWordBytesMax) return Blame(column, "is longer than 60 characters", ValueClass::kTooLong);
  return word;
}

Result<bool> RowCells::Truth(std::size_t column) {
  static constexpr std::array<std::string_view, 2> kWords = {"yes", "no"};
  TRY_ASSIGN(const std::string word, Word(column, kWords));
  return word == "yes";
}

Result<std::string> RowCells::Digits(std::size_t column, std::size_t count, std::string_view rule) {
  const std::string_view cell = Cell(column);
  if (cell.empty()) return Blame(column, rule, ValueClass::kEmpty);
  if (!std::all_of(cell.begin(), cell.end(), IsDigit)) return Blame(column, rule, ValueClass::kLettersForDigits);
  if (cell.size() != count) return Blame(column, rule, ValueClass::kWrongLength);
  return std::string(cell);
}

Result<void> RowCells::MustBeEmpty(std::size_t column, std::string_view because) {
  if (Empty(column)) return {};
  return Blame(column, std::string("must be empty ").append(because), ValueClass::kNotEmpty);
}

}  // namespace passport
