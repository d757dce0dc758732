#include "operator-cli/import/day_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

char Small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// '9' a digit, 'A' a letter, anything else itself.
bool Fits(std::string_view shape, std::string_view text) {
  return std::equal(shape.begin(), shape.end(), text.begin(), text.end(), [](char piece, char c) {
    if (piece == '9') return IsDigit(c);
    if (piece == 'A') return Small(c) >= 'a' && Small(c) <= 'z';
    return piece == c;
  });
}

int NumberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// 1 to 12 for "Nov" in any case, else 0.
int MonthOf(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (std::equal(text.begin(), text.end(), kMonths[i].begin(), kMonths[i].end(),
                   [](char a, char b) { return Small(a) == b; })) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

// A shape of ours with the position of its parts; nothing when the text has none of them.
struct Written {
  int year;
  int month;
  int day;
};
std::optional<Written> WrittenDay(std::string_view text, DayForms forms) {
  if (forms.iso && Fits("9999-99-99", text)) {
    return Written{NumberOf(text.substr(0, 4)), NumberOf(text.substr(5, 2)), NumberOf(text.substr(8))};
  }
  if (forms.named_month && Fits("99-AAA-9999", text) && MonthOf(text.substr(3, 3)) != 0) {
    return Written{NumberOf(text.substr(7)), MonthOf(text.substr(3, 3)), NumberOf(text.substr(0, 2))};
  }
  if (forms.day_first && Fits("99/99/9999", text)) {
    return Written{NumberOf(text.substr(6)), NumberOf(text.substr(3, 2)), NumberOf(text.substr(0, 2))};
  }
  return std::nullopt;
}

// 45992 or 45992.5: days since 1900, as spreadsheets keep them.
bool IsDayNumber(std::string_view text) {
  const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
  if (whole < 1 || whole > 6) return false;
  if (whole == text.size()) return true;
  return text[whole] == '.' && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(whole) + 1, text.end(), IsDigit);
}

// A day followed by "T09:30", " 00:00:00" or the like.
bool HasTime(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::size_t end = text.substr(0, colon).find_last_of(" T,");
  if (end == std::string_view::npos) return false;
  return WrittenDay(text.substr(0, end), {.iso = true, .named_month = true, .day_first = true}).has_value();
}

std::string FormsText(DayForms forms) {
  std::string text;
  const auto add = [&text](bool allowed, std::string_view example) {
    if (allowed) text.append(text.empty() ? "" : " or ").append(example);
  };
  add(forms.iso, "2026-11-22");
  add(forms.named_month, "30-Nov-2028");
  add(forms.day_first, "30/11/2028");
  return text;
}

DayReading Refused(ValueClass value_class, std::string rule) {
  return {.day = std::nullopt, .value_class = value_class, .rule = std::move(rule)};
}

}  // namespace

DayReading ReadDay(std::string_view text, DayForms forms) {
  if (const auto written = WrittenDay(text, forms)) {
    auto day = CivilDay::Of(written->year, written->month, written->day);
    if (!day.ok()) return Refused(ValueClass::kNoSuchDay, "there is no such day");
    return {.day = *day, .value_class = ValueClass::kWholeRow, .rule = {}};
  }
  const std::string due = "a day like " + FormsText(forms);
  if (IsDayNumber(text)) {
    return Refused(ValueClass::kDayNumber,
                   "is a spreadsheet's day number; format the column as " + due + " before saving");
  }
  if (Fits("99-AAA-99", text) || Fits("99/99/99", text) || Fits("99-99-99", text)) {
    return Refused(ValueClass::kDayTwoDigitYear, "has a year of two digits; write " + due);
  }
  if (HasTime(text)) return Refused(ValueClass::kDayWithTime, "has a time of day; write " + due + " alone");
  if (text.find_first_not_of('#') == std::string_view::npos) {
    return Refused(ValueClass::kDayOtherForm,
                   "is a row of # signs; widen the column, format it as " + due + " and save again");
  }
  return Refused(ValueClass::kDayOtherForm, "is not " + due + "; other forms are not guessed at");
}

}  // namespace passport
