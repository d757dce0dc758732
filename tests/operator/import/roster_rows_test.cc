#include "operator-cli/import/roster_rows.h"

#include <gtest/gtest.h>

#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

constexpr std::string_view kRosterHead = "Employee Number,Assignment Number,Unit,Grade,Shift Start,Shift End\n";

struct RosterRead {
  std::deque<RosterRow> rows;
  std::optional<Fault> fault;
};

RosterRead ReadRoster(std::string_view text, RosterProfiles profiles = {.of_grade = {}, .otherwise = "mover"},
                      std::size_t portion = 7) {
  RosterRead read;
  RosterRows rows(std::move(profiles));
  for (std::size_t at = 0; at < text.size() && !read.fault; at += portion) {
    const Result<void> fed = rows.Feed(text.substr(at, portion), read.rows);
    if (!fed.ok()) read.fault = fed.fault();
  }
  const Result<void> finished = rows.Finish(read.rows);
  if (!finished.ok()) read.fault = finished.fault();
  return read;
}

// Of one row below the usual header: "1001 mover 2026-11-24T07:30:00Z 2026-11-24T15:30:00Z", or the word of the fault.
std::string OneRow(std::string_view row, RosterProfiles profiles = {.of_grade = {}, .otherwise = "mover"}) {
  const RosterRead read = ReadRoster(std::string(kRosterHead) + std::string(row), std::move(profiles));
  if (read.fault) return "file: " + std::string(WordOf(read.fault->reason));
  if (read.rows.size() != 1) return "rows: " + std::to_string(read.rows.size());
  const RosterRow& one = read.rows.front();
  if (!one.shift) return std::string(WordOf(one.fault->reason));
  return one.shift->employee_number + " " + one.shift->profile + " " + UtcText(one.shift->starts_at) + " " +
         UtcText(one.shift->ends_at);
}

TEST(RosterRows, ReadsWhatRotasExport) {
  EXPECT_EQ(OneRow("1001,1001-2,Ward 4,Band 5,2026-11-24 07:30,2026-11-24 15:30\n"),
            "1001 mover 2026-11-24T07:30:00Z 2026-11-24T15:30:00Z");
  EXPECT_EQ(OneRow("1001,,,,24/11/2026 07:30:00,24/11/2026 15:30:00"),
            "1001 mover 2026-11-24T07:30:00Z 2026-11-24T15:30:00Z");
  EXPECT_EQ(OneRow("\"1001\",,\"Ward, 4\",,2026-07-01T20:00,2026-07-02T08:00\r\n"),
            "1001 mover 2026-07-01T19:00:00Z 2026-07-02T07:00:00Z")
      << "summer time";
  EXPECT_EQ(OneRow("1001,,,,2026-11-24T07:30:00Z,2026-11-24T15:30:00Z\n"),
            "1001 mover 2026-11-24T07:30:00Z 2026-11-24T15:30:00Z");
}

TEST(RosterRows, BadRowsAreNamedAndTheOthersGoOn) {
  for (const std::string_view row :
       {",,,,2026-11-24 07:30,2026-11-24 15:30", "1001,,,,2026-11-24,2026-11-25", "1001,,,,,2026-11-24 15:30",
        "1001,,,,24/13/2026 07:30,24/11/2026 15:30", "1001,,,,2026-11-24 25:30,2026-11-24 15:30",
        "1001,,,,2026-11-24 07:30:30,2026-11-24 15:30", "1001,,,,2026-10-25 01:30,2026-10-25 09:00",
        "1001,,,2026-11-24 07:30,2026-11-24 15:30", "1001,,,,2026-11-24 07:30,2026-11-24 15:30,more",
        "10\"01,,,,2026-11-24 07:30,2026-11-24 15:30"}) {
    EXPECT_EQ(OneRow(std::string(row) + "\n"), "row_fields") << row;
  }
  const std::string good = "1001,,,,2026-11-24 07:30,2026-11-24 15:30\n";
  const std::string file = std::string(kRosterHead) + good + "\n,,,,,\n" + std::string(70'000, 'x') + "\n" + good;
  const RosterRead read = ReadRoster(file, {.of_grade = {}, .otherwise = "mover"}, 4'096);
  ASSERT_EQ(read.rows.size(), 3U) << "empty rows are none";
  EXPECT_TRUE(read.rows[0].shift);
  EXPECT_EQ(read.rows[0].line, 2U);
  EXPECT_EQ(read.rows[1].fault->reason, Reason::kRowTooLong);
  EXPECT_EQ(read.rows[1].line, 5U);
  EXPECT_TRUE(read.rows[2].shift);
}

TEST(RosterRows, RoleComesFromTheRowThenItsGradeThenForAll) {
  const RosterProfiles profiles{.of_grade = {{"Band 5", "nurse"}}, .otherwise = "mover"};
  const std::string times = ",2026-11-24 07:30,2026-11-24 15:30";
  const auto role_of = [&](const std::string& start, const RosterProfiles& with) {
    const RosterRead read =
        ReadRoster("Grade,Role Profile,Employee Number,Shift Start,Shift End\n" + start + times, with);
    return read.rows.front().shift ? read.rows.front().shift->profile : "none";
  };
  EXPECT_EQ(role_of("Band 5,doctor,1001", profiles), "doctor");
  EXPECT_EQ(role_of("Band 5,,1001", profiles), "nurse");
  EXPECT_EQ(role_of("Band 6,,1001", profiles), "mover");
  EXPECT_EQ(role_of("Band 6,,1001", {.of_grade = {{"Band 5", "nurse"}}, .otherwise = ""}), "none");
}

TEST(RosterRows, FilesThatAreNoRosterAreRefusedAsAWhole) {
  for (const std::string_view text : {"", "\n\n", "Employee Number,Shift Start\n",
                                      "Employee Number,Shift Start,Shift End,shift start\n", "Name,Role\nx,y\n"}) {
    EXPECT_EQ(ReadRoster(text).fault->reason, Reason::kFileHeader) << text;
  }
  EXPECT_EQ(ReadRoster("Employee Number,\"Shift\n").fault->reason, Reason::kRowFields);
  EXPECT_EQ(ReadRoster(std::string(70'000, 'x')).fault->reason, Reason::kRowTooLong);
}

TEST(RosterRows, OwnColumnsOfAnAnswerArePassedOver) {
  const std::string file =
      "\xEF\xBB\xBF"
      "Employee Number,Shift Start,Shift End,Outcome,Reason,Until\n"
      "1001,2026-11-24 07:30,2026-11-24 15:30,met,,2027-01-01\n"
      "1002,2026-11-24 07:30,2026-11-24 15:30,extra,refused,\"row_fields: more, than\",\n";
  const RosterRead read = ReadRoster(file);
  ASSERT_EQ(read.rows.size(), 2U);
  EXPECT_TRUE(read.rows[0].shift);
  EXPECT_EQ(read.rows[0].text, "1001,2026-11-24 07:30,2026-11-24 15:30");
  EXPECT_EQ(read.rows[0].outcome, "met");
  EXPECT_EQ(read.rows[1].text, "1002,2026-11-24 07:30,2026-11-24 15:30,extra") << "what the sender wrote is kept";
  EXPECT_EQ(read.rows[1].end, file.size() - 1);
}

TEST(RosterRows, ReadsTheSameHoweverTheBytesArePortioned) {
  std::string file(kRosterHead);
  for (int i = 0; i < 50; ++i) file += std::to_string(i) + ",,\"A\nB\",,2026-11-24 07:30,2026-11-24 15:30\r\n";
  for (const std::size_t portion : {1U, 2U, 3U, 64U, 100'000U}) {
    const RosterRead read = ReadRoster(file, {.of_grade = {}, .otherwise = "mover"}, portion);
    ASSERT_EQ(read.rows.size(), 50U);
    EXPECT_EQ(read.rows[49].line, 2U + 49 * 2);
    EXPECT_EQ(read.rows[49].shift->employee_number, "49");
  }
}

}  // namespace
}  // namespace passport
