#include "credential/vocabulary/instant_text.h"

#include <gtest/gtest.h>

#include <string>

namespace passport {
namespace {

TEST(InstantText, ReadsSecondsUtcAndTheClockOnAWallInLondon) {
  const struct {
    const char* text;
    const char* utc;
  } rows[] = {
      {"0", "1970-01-01T00:00:00Z"},
      {"1795300000", "2026-11-21T22:26:40Z"},
      {"2026-11-22T08:26:40Z", "2026-11-22T08:26:40Z"},
      {"2028-02-29T23:59:59Z", "2028-02-29T23:59:59Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
      // Winter: London shows UTC. Summer: an hour ahead.
      {"2026-11-22T08:26", "2026-11-22T08:26:00Z"},
      {"2026-07-01T20:00", "2026-07-01T19:00:00Z"},
      {"2026-07-01T00:30", "2026-06-30T23:30:00Z"},
      // Sunday 29 March 2026: 00:59 is followed by 02:00.
      {"2026-03-29T00:59", "2026-03-29T00:59:00Z"},
      {"2026-03-29T02:00", "2026-03-29T01:00:00Z"},
      {"2026-03-28T23:59", "2026-03-28T23:59:00Z"},
      {"2026-03-30T00:00", "2026-03-29T23:00:00Z"},
      // Sunday 25 October 2026: 01:59 is followed by 01:00, once.
      {"2026-10-25T00:59", "2026-10-24T23:59:00Z"},
      {"2026-10-25T02:00", "2026-10-25T02:00:00Z"},
      {"2026-10-24T23:59", "2026-10-24T22:59:00Z"},
      {"2026-10-26T00:00", "2026-10-26T00:00:00Z"},
  };
  for (const auto& row : rows) {
    const Result<Instant> at = ParseInstant(row.text);
    ASSERT_TRUE(at.ok()) << row.text;
    EXPECT_EQ(UtcText(*at), row.utc) << row.text;
  }
}

TEST(InstantText, RefusesWhatIsNoTimeOrTwoOfThem) {
  for (const char* const text :
       {"", " ", "-1", "+1", "1e9", "9007199254740992", "99999999999999999999", "tomorrow", "2026-11-22",
        "2026-11-22 08:26", "2026-11-22T08:26Z", "2026-11-22T08:26:40", "2026-11-22T08:26:40+00:00",
        "2026-11-22T08:26:40.5Z", "2026-11-22t08:26:40z", "2026-11-22T24:00", "2026-11-22T08:60", "2026-02-29T08:00",
        "2026-06-31T08:00", "2026-13-01T08:00", "2026-11-22T23:59:60Z", "1969-12-31T23:59:59Z", "1969-12-31T08:00",
        "2026-11-22T08:26:40Zx", " 2026-11-22T08:26", "2026-1-22T08:26", "2200-01-01T08:00",
        // The hour that never is, and the one that is twice.
        "2026-03-29T01:00", "2026-03-29T01:59", "2026-10-25T01:00", "2026-10-25T01:30", "2026-10-25T01:59"}) {
    const Result<Instant> at = ParseInstant(text);
    ASSERT_FALSE(at.ok()) << text << " " << UtcText(*at);
    EXPECT_EQ(at.fault().reason, Reason::kFieldInvalid);
  }
}

// Every quarter of an hour of a year, from UTC to the wall and back.
TEST(InstantText, ComesBackFromTheWallButForTheHourThatIsTwice) {
  constexpr std::int64_t kFrom = 1767225600;  // 2026-01-01T00:00:00Z
  int ambiguous = 0;
  for (std::int64_t at = kFrom; at < kFrom + 365 * 86'400; at += 900) {
    // Summer: 29 March 01:00 to 25 October 01:00, UTC (the European rule, in law since the Summer Time Order 2002).
    const bool summer = at >= 1774746000 && at < 1792890000;
    const std::string wall = UtcText({at + (summer ? 3600 : 0)}).substr(0, 16);
    const Result<Instant> back = ParseInstant(wall);
    if (!back.ok()) {
      ++ambiguous;
      continue;
    }
    EXPECT_EQ(back->seconds, at) << wall;
  }
  EXPECT_EQ(ambiguous, 8) << "four quarters, twice";
}

}  // namespace
}  // namespace passport
