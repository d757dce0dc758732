#include "credential/vocabulary/instant.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace passport {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;

struct Ymd {
  int year;
  int month;
  int day;
};

// Days since 1970-01-01 of a Gregorian date, counted in years that begin on 1 March so that the leap day comes last.
constexpr std::int32_t NumberOf(Ymd date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int month = (date.month + 9) % 12;
  const int day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const int days = year * 365 + year / 4 - year / 100 + year / 400 + day_of_year;
  return days - 719468;
}

constexpr Ymd DateOf(std::int32_t number) {
  const std::int32_t days = number + 719468;
  const std::int32_t era = days / 146097;
  const std::int32_t day_of_era = days - era * 146097;
  const std::int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int32_t month = (5 * day_of_year + 2) / 153;
  const Ymd date{.year = year_of_era + era * 400 + (month >= 10 ? 1 : 0),
                 .month = month < 10 ? month + 3 : month - 9,
                 .day = day_of_year - (153 * month + 2) / 5 + 1};
  return date;
}

constexpr int DaysInMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

constexpr std::int64_t kFirst = NumberOf({kYearMin, 1, 1});
constexpr std::int64_t kLastDay = NumberOf({kYearMax, 12, 31});

// The calendar's end instead of a day past it.
constexpr std::int32_t Inside(std::int64_t number) {
  return static_cast<std::int32_t>(std::clamp(number, kFirst, kLastDay));
}

// 1970-01-01 was a Thursday; 0 is Sunday.
constexpr int WeekdayOf(std::int32_t number) { return ((number % 7) + 7 + 4) % 7; }

constexpr std::int64_t SummerSwitch(int year, int month) {
  const std::int32_t last = NumberOf({year, month, 31});
  return (last - WeekdayOf(last)) * kDay + 3600;
}

constexpr bool IsSummer(Instant at, int year) {
  return at.seconds >= SummerSwitch(year, 3) && at.seconds < SummerSwitch(year, 10);
}

constexpr std::int32_t FloorDay(std::int64_t seconds) {
  return static_cast<std::int32_t>(seconds >= 0 ? seconds / kDay : -((-seconds + kDay - 1) / kDay));
}

bool Digits(std::string_view text, int& value) {
  value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  return true;
}

Fault NoSuchDay() { return {Reason::kRecordField, "", "not a day of the calendar (YYYY-MM-DD, 1900 to 2199)"}; }

}  // namespace

Result<CivilDay> CivilDay::Of(int year, int month, int day) {
  if (year < kYearMin || year > kYearMax || month < 1 || month > 12) return NoSuchDay();
  if (day < 1 || day > DaysInMonth(year, month)) return NoSuchDay();
  return CivilDay(NumberOf({year, month, day}));
}

Result<CivilDay> CivilDay::Parse(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return NoSuchDay();
  if (!Digits(text.substr(0, 4), year) || !Digits(text.substr(5, 2), month) || !Digits(text.substr(8), day))
    return NoSuchDay();
  return Of(year, month, day);
}

CivilDay CivilDay::InLondon(Instant at) {
  const Instant inside{std::clamp(at.seconds, kFirst * kDay, (kLastDay + 1) * kDay - 1)};
  const int year = DateOf(FloorDay(inside.seconds)).year;
  return CivilDay(FloorDay(inside.seconds + (IsSummer(inside, year) ? 3600 : 0)));
}

int CivilDay::year() const { return DateOf(number_).year; }
int CivilDay::month() const { return DateOf(number_).month; }
int CivilDay::day() const { return DateOf(number_).day; }

std::string CivilDay::Text() const {
  const Ymd date = DateOf(number_);
  std::array<char, 16> text{};
  const int length = std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return {text.data(), static_cast<std::size_t>(length)};
}

CivilDay CivilDay::PlusDays(int days) const { return CivilDay(Inside(std::int64_t{number_} + days)); }

CivilDay CivilDay::PlusMonths(int months) const {
  const Ymd date = DateOf(number_);
  const std::int64_t counted = std::int64_t{date.year} * 12 + (date.month - 1) + months;
  if (counted < kYearMin * 12) return CivilDay(Inside(kFirst));
  if (counted > kYearMax * 12 + 11) return CivilDay(Inside(kLastDay));
  const int year = static_cast<int>(counted / 12);
  const int month = static_cast<int>(counted % 12) + 1;
  const int last = DaysInMonth(year, month);
  return CivilDay(NumberOf({year, month, date.day < last ? date.day : last}));
}

Instant CivilDay::StartInLondon() const {
  const Instant midnight{number_ * kDay};
  // Midnight of a summer day is 23:00 UTC the day before; both switches happen at 01:00 UTC, never at midnight.
  const Instant summer_midnight{midnight.seconds - 3600};
  return IsSummer(summer_midnight, DateOf(number_).year) ? summer_midnight : midnight;
}

}  // namespace passport
