#include "credential/decision/duty.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/credential/decision/decision_world.h"

namespace passport {
namespace {

Result<Duty> Make(Instant starts_at, Instant ends_at) {
  return Duty::Make({.receiver = Council(),
                     .place = Trust(),
                     .engagement = Engagement::kEmployment,
                     .starts_at = starts_at,
                     .ends_at = ends_at});
}

TEST(Duty, BeginsAndEndsOnDaysInLondon) {
  struct DutyRow {
    std::string_view starts_at;
    std::string_view ends_at;
    std::string_view first_day;
    std::string_view last_day;
  };
  const std::vector<DutyRow> rows = {
      {"2026-11-21 08:00", "2026-11-21 16:00", "2026-11-21", "2026-11-21"},
      {"2026-11-21 20:00", "2026-11-22 08:00", "2026-11-21", "2026-11-22"},
      {"2026-11-21 16:00", "2026-11-22 00:00", "2026-11-21", "2026-11-21"},
      {"2026-07-01 22:59", "2026-07-01 23:00", "2026-07-01", "2026-07-01"},
      {"2026-07-01 23:00", "2026-07-01 23:01", "2026-07-02", "2026-07-02"},
      {"2026-03-28 23:00", "2026-03-29 23:01", "2026-03-28", "2026-03-30"},
      {"2026-10-24 23:00", "2026-10-26 00:00", "2026-10-25", "2026-10-25"},
  };
  for (const DutyRow& row : rows) {
    const Result<Duty> duty = Make(Utc(row.starts_at), Utc(row.ends_at));
    ASSERT_TRUE(duty.ok());
    EXPECT_EQ(duty->first_day().Text(), row.first_day) << row.starts_at;
    EXPECT_EQ(duty->last_day().Text(), row.last_day) << row.starts_at;
    EXPECT_EQ(duty->receiver(), Council());
    EXPECT_EQ(duty->place(), Trust());
    EXPECT_EQ(duty->engagement(), Engagement::kEmployment);
  }
}

TEST(Duty, HasAnEndAfterItsStartAndAMonthAtMost) {
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(Verdict(Make(kNow, kNow + Seconds{1})), "ok");
  EXPECT_EQ(Verdict(Make(kNow, kNow + kDutyMax)), "ok");
  EXPECT_EQ(Verdict(Make(kNow, kNow)), "field_invalid");
  EXPECT_EQ(Verdict(Make(kNow + Seconds{1}, kNow)), "field_invalid");
  EXPECT_EQ(Verdict(Make(kNow, kNow + kDutyMax + Seconds{1})), "field_invalid");
  EXPECT_EQ(Verdict(Make({kLowest}, {kHighest})), "field_invalid");
  EXPECT_EQ(Verdict(Make({kHighest - 1}, {kHighest})), "ok");
  EXPECT_EQ(Verdict(Make({kLowest}, {kLowest + 1})), "ok");
}

TEST(Duty, OnADayLastsFromMidnightToMidnightInLondon) {
  struct DutyRow {
    std::string_view day;
    std::int64_t hours;
  };
  for (const DutyRow& row : std::vector<DutyRow>{{"2026-11-21", 24}, {"2026-03-29", 23}, {"2026-10-25", 25}}) {
    const Duty duty = OnDay(row.day);
    EXPECT_EQ((duty.ends_at() - duty.starts_at()).count, row.hours * 3600) << row.day;
    EXPECT_EQ(duty.first_day().Text(), row.day);
    EXPECT_EQ(duty.last_day().Text(), row.day);
    EXPECT_EQ(duty.place(), duty.receiver());
    EXPECT_EQ(duty.engagement(), Engagement::kPlacement);
  }
  const Duty last = OnDay("2199-12-31");
  EXPECT_EQ(last.last_day().Text(), "2199-12-31") << "the calendar ends; the day does all the same";
  EXPECT_LT(last.starts_at(), last.ends_at());
}

}  // namespace
}  // namespace passport
