// One row by the columns of its format, and the questions a format asks of a cell.
//
// Every question can fail with kRecordField; the fault names the column and the rule, never what stood there, and the
// column is remembered in blamed(). Lives for one row; one thread at a time.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"
#include "operator-cli/import/import_format.h"

namespace passport {

inline constexpr std::size_t kCellTextCharactersMax = 80;

class RowCells {
 public:
  // All parameters must outlive this.
  RowCells(const FileLayout& layout, const std::vector<std::string>& fields, CivilDay today)
      : layout_(layout), fields_(fields), today_(today) {}

  std::string_view Cell(std::size_t column) const { return fields_[layout_.positions[column]]; }
  bool Empty(std::size_t column) const { return Cell(column).empty(); }
  // True when columns first to last are empty.
  bool AllEmpty(std::size_t first, std::size_t last) const;

  // A name or title of 1 to kCellTextCharactersMax characters; line breaks and runs of spaces become one space.
  Result<std::string> Text(std::size_t column);
  // 1 to 20 letters, digits and '-'.
  Result<std::string> EmployeeNumber(std::size_t column);
  // A day like 2026-11-22, not in the future for Past.
  Result<CivilDay> Day(std::size_t column);
  Result<CivilDay> PastDay(std::size_t column);
  // A day like 30-Nov-2028.
  Result<CivilDay> EsrDay(std::size_t column);
  Result<CivilDay> PastEsrDay(std::size_t column);
  // "Adult and Child" is adult_and_child; must be one of `allowed`.
  Result<std::string> Word(std::size_t column, std::span<const std::string_view> allowed);
  // "Nursing and Midwifery" is nursing_and_midwifery: letters, digits, spaces and dashes, beginning with a letter.
  Result<std::string> OpenWord(std::size_t column);
  // "Yes" is true, "No" is false.
  Result<bool> Truth(std::size_t column);
  Result<void> MustBeEmpty(std::size_t column, std::string_view because);

  // The fault of a rule that the caller knows.
  Fault Blame(std::size_t column, std::string_view rule, Reason reason = Reason::kRecordField);
  // The column of the last fault, or empty.
  std::string_view blamed() const { return blamed_; }

 private:
  Result<CivilDay> NotInFuture(std::size_t column, Result<CivilDay> day);

  const FileLayout& layout_;
  const std::vector<std::string>& fields_;
  CivilDay today_;
  std::string_view blamed_;
};

inline constexpr std::size_t kWordBytesMax = 60;

// Lower case with '_' for each run of spaces and dashes.
std::string AsWord(std::string_view text);

}  // namespace passport
