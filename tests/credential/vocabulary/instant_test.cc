#include "credential/vocabulary/instant.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/reference/civil_day.h"

namespace passport {
namespace {

CivilDay Day(std::string_view text) {
  Result<CivilDay> day = CivilDay::Parse(text);
  EXPECT_TRUE(day.ok()) << text;
  return *day;
}

TEST(CivilDay, ReadsWhatIsADayOfTheCalendar) {
  for (const std::string_view text : {"1900-01-01", "1900-02-28", "1970-01-01", "2000-02-29", "2024-02-29",
                                      "2026-11-22", "2100-02-28", "2196-02-29", "2199-12-31"}) {
    EXPECT_EQ(Day(text).Text(), text);
  }
}

TEST(CivilDay, RefusesNearMisses) {
  for (const std::string_view text :
       {"",           "1899-12-31", "2200-01-01", "2026-02-29",          "1900-02-29",  "2100-02-29",
        "2026-06-31", "2026-13-01", "2026-00-10", "2026-01-00",          "2026-01-32",  "2026-1-1",
        "26-01-01",   "2026/01/01", "2026-01-1 ", " 2026-01-01",         "2026-01-01 ", "2026-01-0x",
        "+026-01-01", "2026-01--1", "20260101",   "2026-01-01T00:00:00Z"}) {
    const Result<CivilDay> day = CivilDay::Parse(text);
    ASSERT_FALSE(day.ok()) << text;
    EXPECT_EQ(day.fault().reason, Reason::kRecordField);
  }
}

TEST(CivilDay, AddsMonthsAndKeepsToTheEndOfShorterOnes) {
  struct Row {
    std::string_view from;
    int months;
    std::string_view to;
  };
  constexpr Row kRows[] = {
      {"2024-02-29", 24, "2026-02-28"}, {"2024-02-29", 48, "2028-02-29"}, {"2024-02-29", 12, "2025-02-28"},
      {"2026-01-31", 1, "2026-02-28"},  {"2028-01-31", 1, "2028-02-29"},  {"2026-01-31", 3, "2026-04-30"},
      {"2026-12-31", 2, "2027-02-28"},  {"2026-11-22", 0, "2026-11-22"},  {"2026-11-22", 36, "2029-11-22"},
      {"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"}, {"2026-01-15", -25, "2023-12-15"},
      {"2026-12-01", 1, "2027-01-01"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Day(row.from).PlusMonths(row.months).Text(), row.to) << row.from << " plus " << row.months;
  }
}

TEST(CivilDay, AddsDaysAcrossMonthsAndLeapDays) {
  EXPECT_EQ(Day("2024-02-28").PlusDays(1).Text(), "2024-02-29");
  EXPECT_EQ(Day("2024-02-28").PlusDays(2).Text(), "2024-03-01");
  EXPECT_EQ(Day("2026-02-28").PlusDays(1).Text(), "2026-03-01");
  EXPECT_EQ(Day("2026-01-01").PlusDays(-1).Text(), "2025-12-31");
  EXPECT_EQ(Day("1969-12-31").PlusDays(1).Text(), "1970-01-01");
}

TEST(CivilDay, OrdersAsPeopleDo) {
  EXPECT_LT(Day("2025-12-31"), Day("2026-01-01"));
  EXPECT_LT(Day("1969-12-31"), Day("1970-01-01"));
  EXPECT_EQ(Day("2026-11-22"), *CivilDay::Of(2026, 11, 22));
}

TEST(CivilDay, FollowsBothClockChangesInLondon) {
  struct Row {
    std::string_view what;
    std::int64_t instant;
    std::string_view day;
  };
  constexpr Row kRows[] = {
      {"2026-03-28T23:59:59Z, winter", 1774742399, "2026-03-28"},
      {"2026-03-29T00:00:00Z, winter, the night of the change", 1774742400, "2026-03-29"},
      {"2026-03-29T22:59:59Z, summer", 1774825199, "2026-03-29"},
      {"2026-03-29T23:00:00Z, summer: midnight in London", 1774825200, "2026-03-30"},
      {"2026-10-24T22:59:59Z, summer", 1792882799, "2026-10-24"},
      {"2026-10-24T23:00:00Z, summer: midnight in London", 1792882800, "2026-10-25"},
      {"2026-10-25T23:00:00Z, winter again", 1792969200, "2026-10-25"},
      {"2026-10-26T00:00:00Z, winter", 1792972800, "2026-10-26"},
  };
  for (const Row& row : kRows) EXPECT_EQ(CivilDay::InLondon({row.instant}).Text(), row.day) << row.what;
  EXPECT_EQ(Day("2026-03-29").StartInLondon().seconds, 1774742400);
  EXPECT_EQ(Day("2026-03-30").StartInLondon().seconds, 1774825200);
  EXPECT_EQ(Day("2026-10-25").StartInLondon().seconds, 1792882800);
  EXPECT_EQ(Day("2026-10-26").StartInLondon().seconds, 1792972800);
  // A day of 23 and a day of 25 hours.
  EXPECT_EQ(Day("2026-03-30").StartInLondon() - Day("2026-03-29").StartInLondon(), Seconds{23 * 3600});
  EXPECT_EQ(Day("2026-10-26").StartInLondon() - Day("2026-10-25").StartInLondon(), Seconds{25 * 3600});
}

TEST(CivilDay, AgreesWithTheSlowTwinFrom1990To2050) {
  const std::vector<reference::Day> days = reference::DaysOf(1990, 2050);
  const reference::LondonClock clock(days);
  ASSERT_EQ(days.size(), 22280U);
  for (std::size_t i = 0; i < days.size(); ++i) {
    const reference::Day& day = days[i];
    const Result<CivilDay> ours = CivilDay::Of(day.year, day.month, day.day);
    ASSERT_TRUE(ours.ok()) << day.Text();
    ASSERT_EQ(ours->Text(), day.Text());
    ASSERT_EQ(Day(days.front().Text()).PlusDays(static_cast<int>(i)), *ours) << day.Text();
    const std::int64_t start = day.start - clock.Offset(day.start - 3600);
    ASSERT_EQ(ours->StartInLondon().seconds, start) << day.Text();
    ASSERT_EQ(CivilDay::InLondon({start}), *ours) << day.Text();
    ASSERT_EQ(CivilDay::InLondon({start - 1}), ours->PlusDays(-1)) << day.Text();
    // Every half hour of the days around a change, every six hours of the others.
    const bool change = day.last_sunday && (day.month == 3 || day.month == 10);
    for (std::int64_t at = day.start; at < day.start + 86400; at += change ? 1800 : 21600) {
      const std::int64_t local = at + clock.Offset(at);
      const reference::Day& expected = local < day.start + 86400 ? day : days[std::min(i + 1, days.size() - 1)];
      ASSERT_EQ(CivilDay::InLondon({at}).Text(), expected.Text()) << at;
    }
  }
}

TEST(CivilDay, AddsMonthsLikeTheSlowTwin) {
  const std::vector<reference::Day> days = reference::DaysOf(2023, 2032);
  for (const reference::Day& day : days) {
    int year = day.year;
    int month = day.month;
    for (int months = 0; months <= 60; ++months) {
      const int last = reference::LengthOfMonth(year, month);
      const reference::Day expected{year, month, day.day < last ? day.day : last, 0, 0, false};
      ASSERT_EQ(Day(day.Text()).PlusMonths(months).Text(), expected.Text()) << day.Text() << " plus " << months;
      if (++month > 12) {
        month = 1;
        ++year;
      }
    }
  }
}

// A hostile token may carry any time up to 2^53; the calendar ends quietly instead of wrapping round.
TEST(CivilDay, StaysInsideItsCalendar) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  for (const std::int64_t at : {std::int64_t{1} << 53, std::int64_t{1} << 40, kMax, kMax - 3600}) {
    EXPECT_EQ(CivilDay::InLondon({at}).Text(), "2199-12-31") << at;
  }
  for (const std::int64_t at : {-(std::int64_t{1} << 40), kMin, kMin + 1}) {
    EXPECT_EQ(CivilDay::InLondon({at}).Text(), "1900-01-01") << at;
  }
  constexpr int kMany = std::numeric_limits<int>::max();
  EXPECT_EQ(Day("2026-11-22").PlusDays(kMany).Text(), "2199-12-31");
  EXPECT_EQ(Day("2026-11-22").PlusDays(std::numeric_limits<int>::min()).Text(), "1900-01-01");
  EXPECT_EQ(Day("2026-11-22").PlusMonths(kMany).Text(), "2199-12-31");
  EXPECT_EQ(Day("2026-11-22").PlusMonths(std::numeric_limits<int>::min()).Text(), "1900-01-01");
  EXPECT_EQ(Day("2199-12-31").PlusDays(1).Text(), "2199-12-31");
  EXPECT_EQ(Day("1900-01-01").PlusMonths(-1).Text(), "1900-01-01");
  EXPECT_EQ(Day("2199-11-30").PlusMonths(1).Text(), "2199-12-30");
}

TEST(Instant, AddsAndSubtractsSeconds) {
  constexpr Instant kAt{1000};
  EXPECT_EQ(kAt + Seconds{60}, Instant{1060});
  EXPECT_EQ(kAt - Seconds{60}, Instant{940});
  EXPECT_EQ(Instant{1060} - kAt, Seconds{60});
  EXPECT_LT(kAt, Instant{1001});
}

}  // namespace
}  // namespace passport
