// One row by the columns of its format, and the questions a format asks of a cell.
//
// Every question can fail with kRecordField; the fault names the column and the rule, never what stood there, and
// column and class of value are remembered in blamed() and blamed_class(). Lives for one row; one thread at a time.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"
#include "operator-cli/import/day_text.h"
#include "operator-cli/import/import_format.h"
#include "operator-cli/import/value_class.h"

namespace passport {

inline constexpr std::size_t kCellTextCharactersMax = 80;

class RowCells {
 public:
  // `layout` and `fields` must outlive this; a field behind the last is empty.
  RowCells(const FileLayout& layout, const std::vector<std::string>& fields, CivilDay today, DayForms forms)
      : layout_(layout), fields_(fields), today_(today), forms_(forms) {}

  // Empty for a column that was left out.
  std::string_view Cell(std::size_t column) const {
    const std::size_t position = layout_.positions[column];
    return position < fields_.size() ? std::string_view(fields_[position]) : std::string_view();
  }
  bool Empty(std::size_t column) const { return Cell(column).empty(); }
  // True when columns first to last are empty.
  bool AllEmpty(std::size_t first, std::size_t last) const;

  // A name or title of 1 to kCellTextCharactersMax characters; line breaks and runs of spaces become one space.
  Result<std::string> Text(std::size_t column);
  // The same for a text that is kept beside what was made of it: empty when it is no name that a record can hold
  // (docs/formats/records.md: at most 80 characters, no '<' or '>', nothing unseen).
  std::string TextThatFits(std::size_t column) const;
  // 1 to 20 letters, digits and '-'.
  Result<std::string> EmployeeNumber(std::size_t column);
  // A day in one of the forms of the format, not in the future for Past.
  Result<CivilDay> Day(std::size_t column);
  Result<CivilDay> PastDay(std::size_t column);
  // "Adult and Child" is adult_and_child; must be one of `allowed`.
  Result<std::string> Word(std::size_t column, std::span<const std::string_view> allowed);
  // "Nursing and Midwifery" is nursing_and_midwifery: letters, digits, spaces and dashes, beginning with a letter.
  Result<std::string> OpenWord(std::size_t column);
  // "Yes" is true, "No" is false.
  Result<bool> Truth(std::size_t column);
  // Exactly so many digits; `rule` is what the fault says.
  Result<std::string> Digits(std::size_t column, std::size_t count, std::string_view rule);
  Result<void> MustBeEmpty(std::size_t column, std::string_view because);

  // The fault of a rule that the caller knows.
  Fault Blame(std::size_t column, std::string_view rule, ValueClass value_class, Reason reason = Reason::kRecordField);
  // The column of the last fault, or empty.
  std::string_view blamed() const { return blamed_; }
  ValueClass blamed_class() const { return blamed_class_; }

 private:
  const FileLayout& layout_;
  const std::vector<std::string>& fields_;
  CivilDay today_;
  DayForms forms_;
  std::string_view blamed_;
  ValueClass blamed_class_ = ValueClass::kWholeRow;
};

inline constexpr std::size_t kWordBytesMax = 60;

// Lower case with '_' for each run of spaces and dashes.
std::string AsWord(std::string_view text);

}  // namespace passport
