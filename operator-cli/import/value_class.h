// What kind of thing stood in a cell that was refused, in words of ours that never repeat it, and what to do about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace passport {

enum class ValueClass : std::uint8_t {
  kWholeRow,  // no single cell: quoting, number of fields, length, encoding
  kEmpty,
  kNotEmpty,
  kTooLong,
  kWrongLength,
  kUnseenCharacter,
  kLettersForDigits,
  kOtherForm,
  kUnknownWord,
  kDayOtherForm,
  kDayNumber,
  kDayTwoDigitYear,
  kDayWithTime,
  kNoSuchDay,
  kFutureDay,
  kDayOrder,
  kContradiction,
  kNotCompleted,
  kOtherBirthDate,
  kUnknownCourse,
};
inline constexpr std::size_t kValueClasses = 20;

struct ValueClassText {
  std::string_view word;    // "letters where digits are due"
  std::string_view remedy;  // what the sender of the file does
};

// Any thread may call.
const ValueClassText& TextOf(ValueClass value_class);
inline std::string_view WordOf(ValueClass value_class) { return TextOf(value_class).word; }

}  // namespace passport
