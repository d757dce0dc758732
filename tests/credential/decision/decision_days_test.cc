// Days in Europe/London: shifts over midnight, both clock changes, leap days; what ends inside a shift or soon after.
#include <gtest/gtest.h>

#include "tests/credential/decision/decision_table.h"

namespace passport::suites {
namespace {

constexpr std::string_view kPost = R"({"kind":"employment",
  "conditions":[{"fact":"starts_on","not_after_day":true},{"fact":"ends_on","not_before_day":true}]})";
constexpr std::string_view kPostForTheShift = R"({"kind":"employment",
  "conditions":[{"fact":"ends_on","not_before_day":true,"through_shift":true}]})";

Shown EmployedUntil(std::string ends_on) { return {"employment", {{"ends_on", std::move(ends_on)}}}; }

TEST_F(Decision, TakesThroughADayForTheWholeDay) {
  const Shown until_saturday = EmployedUntil("2026-11-21");
  ExpectRows(kPost, {
                        {"the last day", {until_saturday}, Outcome::kMetExpiring, Reason::kNone, "2026-11-21"},
                        {"its last minute",
                         {until_saturday},
                         Outcome::kMetExpiring,
                         Reason::kNone,
                         "2026-11-21",
                         Shift("2026-11-21 23:59", "2026-11-22 00:00")},
                        {"the first minute after",
                         {until_saturday},
                         Outcome::kNotMet,
                         Reason::kEndsTooSoon,
                         "",
                         Shift("2026-11-22 00:00", "2026-11-22 00:01")},
                    });
}

TEST_F(Decision, FollowsAShiftOverMidnight) {
  const Shown until_saturday = EmployedUntil("2026-11-21");
  const Shown until_sunday = EmployedUntil("2026-11-22");
  const Duty night = Shift("2026-11-21 20:00", "2026-11-22 08:00");
  const Duty evening = Shift("2026-11-21 16:00", "2026-11-22 00:00");
  ExpectRows(kPost, {{"lapses inside the shift: a warning",
                      {until_saturday},
                      Outcome::kMetExpiring,
                      Reason::kNone,
                      "2026-11-21",
                      night}});
  ExpectRows(
      kPostForTheShift,
      {
          {"lapses inside a shift it must carry", {until_saturday}, Outcome::kNotMet, Reason::kEndsTooSoon, "", night},
          {"lasts to the end of the next day",
           {until_sunday},
           Outcome::kMetExpiring,
           Reason::kNone,
           "2026-11-22",
           night},
          {"a shift that ends at midnight ends on its own day",
           {until_saturday},
           Outcome::kMetExpiring,
           Reason::kNone,
           "2026-11-21",
           evening},
          {"one minute longer does not",
           {until_saturday},
           Outcome::kNotMet,
           Reason::kEndsTooSoon,
           "",
           Shift("2026-11-21 16:00", "2026-11-22 00:01")},
      });
}

// Sunday 29 March 2026: at 01:00 UTC clocks go from 01:00 to 02:00. Sunday 25 October 2026: back from 02:00 to 01:00.
TEST_F(Decision, KnowsBothClockChanges) {
  const Shown until_march_28 = EmployedUntil("2026-03-28");
  const Shown until_march_29 = EmployedUntil("2026-03-29");
  const Shown until_october_24 = EmployedUntil("2026-10-24");
  const Shown until_october_25 = EmployedUntil("2026-10-25");
  ExpectRows(kPost, {
                        {"the evening before summer time is still winter",
                         {until_march_28},
                         Outcome::kMetExpiring,
                         Reason::kNone,
                         "2026-03-28",
                         Shift("2026-03-28 23:59", "2026-03-29 00:00")},
                        {"midnight of that night is midnight UTC",
                         {until_march_28},
                         Outcome::kNotMet,
                         Reason::kEndsTooSoon,
                         "",
                         Shift("2026-03-29 00:00", "2026-03-29 07:00")},
                        {"that day ends at 23:00 UTC",
                         {until_march_29},
                         Outcome::kNotMet,
                         Reason::kEndsTooSoon,
                         "",
                         Shift("2026-03-29 23:00", "2026-03-30 06:00")},
                        {"and not before",
                         {until_march_29},
                         Outcome::kMetExpiring,
                         Reason::kNone,
                         "2026-03-29",
                         Shift("2026-03-29 22:59", "2026-03-30 06:00")},
                        {"in October the day begins at 23:00 UTC of the day before",
                         {until_october_24},
                         Outcome::kNotMet,
                         Reason::kEndsTooSoon,
                         "",
                         Shift("2026-10-24 23:00", "2026-10-25 07:00")},
                        {"and has 25 hours",
                         {until_october_25},
                         Outcome::kMetExpiring,
                         Reason::kNone,
                         "2026-10-25",
                         Shift("2026-10-25 23:59", "2026-10-26 07:00")},
                        {"until midnight UTC",
                         {until_october_25},
                         Outcome::kNotMet,
                         Reason::kEndsTooSoon,
                         "",
                         Shift("2026-10-26 00:00", "2026-10-26 07:00")},
                    });
  ExpectRows(kPostForTheShift, {
                                   {"a summer night shift to midnight in London",
                                    {EmployedUntil("2026-07-01")},
                                    Outcome::kMetExpiring,
                                    Reason::kNone,
                                    "2026-07-01",
                                    Shift("2026-07-01 15:00", "2026-07-01 23:00")},
                                   {"a second longer",
                                    {EmployedUntil("2026-07-01")},
                                    Outcome::kNotMet,
                                    Reason::kEndsTooSoon,
                                    "",
                                    Shift("2026-07-01 15:00", "2026-07-01 23:01")},
                                   {"the night of 25 hours",
                                    {until_october_25},
                                    Outcome::kMetExpiring,
                                    Reason::kNone,
                                    "2026-10-25",
                                    Shift("2026-10-24 20:00", "2026-10-25 23:59")},
                               });
}

TEST_F(Decision, CountsMonthsFromALeapDay) {
  constexpr std::string_view kCourse = R"({"kind":"mandatory_training",
      "conditions":[{"fact":"achieved_on","within_months":24}]})";
  constexpr std::string_view kFourYears = R"({"kind":"mandatory_training",
      "conditions":[{"fact":"achieved_on","within_months":48}]})";
  const Shown leap = Course("fire_safety", "1", "2024-02-29");
  const Shown last_of_august = Course("fire_safety", "1", "2024-08-31");
  constexpr std::string_view kSixMonths = R"({"kind":"mandatory_training",
      "conditions":[{"fact":"achieved_on","within_months":6}]})";
  ExpectRows(kCourse, {
                          {"24 months after 29 February is 28 February",
                           {leap},
                           Outcome::kMetExpiring,
                           Reason::kNone,
                           "2026-02-28",
                           OnDay("2026-02-28")},
                          {"and not 1 March", {leap}, Outcome::kNotMet, Reason::kTooOld, "", OnDay("2026-03-01")},
                          {"24 months after 28 February is 28 February too",
                           {Course("fire_safety", "1", "2024-02-28")},
                           Outcome::kMetExpiring,
                           Reason::kNone,
                           "2026-02-28",
                           OnDay("2026-02-28")},
                      });
  ExpectRows(kFourYears, {{"48 months after 29 February is 29 February",
                           {leap},
                           Outcome::kMetExpiring,
                           Reason::kNone,
                           "2028-02-29",
                           OnDay("2028-02-29")},
                          {"and not 1 March", {leap}, Outcome::kNotMet, Reason::kTooOld, "", OnDay("2028-03-01")}});
  ExpectRows(kSixMonths, {{"6 months after 31 August is 28 February",
                           {last_of_august},
                           Outcome::kMetExpiring,
                           Reason::kNone,
                           "2025-02-28",
                           OnDay("2025-02-28")}});
}

TEST_F(Decision, WarnsOfWhatEndsSoon) {
  const auto profile = [](int days) { return Profile(kPost, days); };
  const Shown until_tuesday = EmployedUntil("2026-11-24");
  ExpectRows(profile(3),
             {{"in 3 days, horizon 3: no warning", {until_tuesday}, Outcome::kMet, Reason::kNone, "2026-11-24"}});
  ExpectRows(profile(4),
             {{"in 3 days, horizon 4", {until_tuesday}, Outcome::kMetExpiring, Reason::kNone, "2026-11-24"}});
  ExpectRows(profile(0),
             {{"today, no horizon at all", {EmployedUntil("2026-11-21")}, Outcome::kMet, Reason::kNone, "2026-11-21"},
              {"tomorrow, inside a shift of a week, no horizon at all",
               {EmployedUntil("2026-11-22")},
               Outcome::kMetExpiring,
               Reason::kNone,
               "2026-11-22",
               Shift("2026-11-21 08:00", "2026-11-28 08:00")}});
}

TEST_F(Decision, PrefersWhatIsNotAboutToEnd) {
  constexpr std::string_view kEither = R"({"kind":"employment","conditions":[{"fact":"ends_on","not_before_day":true}]},
      {"kind":"professional_registration","conditions":[{"fact":"register_checked_on","within_days":5}]})";
  ExpectRows(kEither,
             {{"a post that ends in 10 days, or a register to look up again tomorrow",
               {EmployedUntil("2026-12-01"), {"professional_registration", {{"register_checked_on", "2026-11-17"}}}},
               Outcome::kMet,
               Reason::kNone,
               "2026-11-22"}});
}

TEST_F(Decision, CountsACredentialNoLongerThanItsOwnEnd) {
  const auto until = [](std::string_view at) { return Shown{"employment", {}, 0, {}, By::kTrust, Utc(at)}; };
  const Duty monday = Shift("2026-11-23 08:00", "2026-11-23 16:00");
  const RoleProfile no_horizon = Profile(kPost, 0);
  ExpectRows(
      kPost,
      {
          {"over before the shift", {until("2026-11-23 07:59")}, Outcome::kNotMet, Reason::kEndsTooSoon, "", monday},
          {"over as it begins", {until("2026-11-23 08:00")}, Outcome::kNotMet, Reason::kEndsTooSoon, "", monday},
          {"over at midnight", {until("2026-11-24 00:00")}, Outcome::kMetExpiring, Reason::kNone, "2026-11-23", monday},
          {"over in a week", {until("2026-11-30 12:00")}, Outcome::kMetExpiring, Reason::kNone, "2026-11-30", monday},
          {"over next year", {until("2027-11-30 12:00")}, Outcome::kMet, Reason::kNone, "2027-11-30", monday},
      });
  ExpectRows(
      no_horizon,
      {
          {"over at noon, inside the shift",
           {until("2026-11-23 12:00")},
           Outcome::kMetExpiring,
           Reason::kNone,
           "2026-11-23",
           monday},
          {"over as the shift ends", {until("2026-11-23 16:00")}, Outcome::kMet, Reason::kNone, "2026-11-23", monday},
      });
}

}  // namespace
}  // namespace passport::suites
