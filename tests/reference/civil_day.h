// The slow, plain twin of CivilDay: a calendar that is walked day by day, and summer time found by looking at every
// Sunday. Shares no line with credential/vocabulary/instant.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace passport::reference {

struct Day {
  int year;
  int month;
  int day;
  int weekday;         // 0 is Sunday
  std::int64_t start;  // midnight UTC, seconds since 1970
  bool last_sunday;    // of its month

  std::string Text() const {
    const auto padded = [](int number, std::size_t width) {
      std::string text = std::to_string(number);
      return std::string(width - text.size(), '0') + text;
    };
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
  }
};

inline bool IsLeap(int year) {
  if (year % 400 == 0) return true;
  if (year % 100 == 0) return false;
  return year % 4 == 0;
}

inline int LengthOfMonth(int year, int month) {
  if (month == 2) return IsLeap(year) ? 29 : 28;
  if (month == 4 || month == 6 || month == 9 || month == 11) return 30;
  return 31;
}

// Every day of the years, walked forward from Thursday 1 January 1970.
inline std::vector<Day> DaysOf(int first_year, int last_year) {
  std::vector<Day> days;
  Day day{.year = 1970, .month = 1, .day = 1, .weekday = 4, .start = 0, .last_sunday = false};
  while (day.year <= last_year) {
    day.last_sunday = day.weekday == 0 && day.day + 7 > LengthOfMonth(day.year, day.month);
    if (day.year >= first_year) days.push_back(day);
    day.start += 86400;
    day.weekday = (day.weekday + 1) % 7;
    if (++day.day > LengthOfMonth(day.year, day.month)) {
      day.day = 1;
      if (++day.month > 12) {
        day.month = 1;
        ++day.year;
      }
    }
  }
  return days;
}

// Seconds that London is ahead of UTC, found by walking: a switch has happened when its Sunday, 01:00 UTC, has passed.
class LondonClock {
 public:
  explicit LondonClock(const std::vector<Day>& days) {
    for (const Day& day : days) {
      if (day.last_sunday && (day.month == 3 || day.month == 10)) switches_.push_back(day.start + 3600);
    }
  }
  // Instants before the first switch of the calendar are winter.
  int Offset(std::int64_t at) const {
    int offset = 0;
    for (const std::int64_t moment : switches_) {
      if (at < moment) break;
      offset = offset == 0 ? 3600 : 0;
    }
    return offset;
  }

 private:
  std::vector<std::int64_t> switches_;
};

}  // namespace passport::reference
