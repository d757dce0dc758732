// The small parts of passport-verify.
#include <fcntl.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <sstream>
#include <thread>

#include "credential/vocabulary/instant_text.h"
#include "tests/verifier/program.h"
#include "verifier-cli/printable.h"
#include "verifier-cli/token/line_reader.h"
#include "verifier-cli/token/ordered_work.h"

namespace passport {
namespace {

TEST(Printable, EscapesWhatSteersATerminal) {
  EXPECT_EQ(Printable("plain \xc3\xa9 \xe2\x82\xac"), "plain \xc3\xa9 \xe2\x82\xac");
  EXPECT_EQ(Printable("\x1b[31m\n\x7f"), "\\u001b[31m\\u000a\\u007f");
  EXPECT_EQ(Printable("\xc2\x9b"), "\\u009b");
  EXPECT_EQ(Printable("a\xe2\x80\xae"
                      "b"),
            "a\\u202eb");
  EXPECT_EQ(Printable("\xe9t\xc0\x80\xed\xa0\x80\xf5"), "\\xe9t\\xc0\\x80\\xed\\xa0\\x80\\xf5");
}

TEST(InstantText, ReadsSecondsAndUtc) {
  EXPECT_EQ(ParseInstant("1795300000")->seconds, 1'795'300'000);
  EXPECT_EQ(ParseInstant("2026-11-21T22:26:40Z")->seconds, 1'795'300'000);
  EXPECT_EQ(ParseInstant("1970-01-01T00:00:00Z")->seconds, 0);
  EXPECT_EQ(ParseInstant("2028-02-29T23:59:59Z")->seconds, 1'835'481'599);
}

TEST(InstantText, RefusesEverythingElse) {
  for (const std::string_view text :
       {"", "-1", "+1", "1.0", "9007199254740992", "99999999999999999999", "2026-11-22", "2026-11-22T08:26:40",
        "2026-11-22T08:26:40+00:00", "2026-11-22T08:26:40.5Z", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z",
        "2026-11-22T08:26:60Z", "2026-11-22t08:26:40z", "0000-11-22T08:26:40Z", " 1", "now"}) {
    EXPECT_FALSE(ParseInstant(text).ok()) << text;
  }
}

std::vector<Line> ReadLines(std::string_view text, std::size_t line_bytes_max) {
  const TemporaryFolder folder;
  InputFile input = InputFile::Open(folder.Write("lines", text), -1).value();
  LineReader reader(input, line_bytes_max);
  std::vector<Line> lines;
  while (*reader.Read(lines)) {
  }
  return lines;
}

TEST(WriteFile, SeveralAtOnceLeaveOneOfThemWhole) {
  const TemporaryFolder folder;
  const std::string path = folder.Path("shared.json");
  std::vector<std::thread> writers;
  std::atomic<int> failed = 0;
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    writers.emplace_back([&, letter] {
      const std::string text(100'000, letter);
      for (int i = 0; i < 20; ++i) {
        if (!WriteFile(path, text).ok()) ++failed;
        const std::string there = InputFile::Open(path, -1)->ReadAtMost(200'000).value();
        if (there.size() != text.size() || there.find_first_not_of(there.front()) != std::string::npos) ++failed;
      }
    });
  }
  for (std::thread& each : writers) each.join();
  EXPECT_EQ(failed, 0);
  const auto all = std::filesystem::directory_iterator(std::filesystem::path(path).parent_path());
  EXPECT_EQ(std::distance(begin(all), end(all)), 1) << "and nothing beside it";
}

TEST(LineReader, FindsLinesAcrossReads) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += std::string(static_cast<std::size_t>(i % 700), 'x') + "\n";
  const std::vector<Line> lines = ReadLines(text + "last", 700);
  ASSERT_EQ(lines.size(), 3001U);
  for (std::size_t i = 0; i < 3000; ++i) EXPECT_EQ(lines[i].text.size(), i % 700);
  EXPECT_EQ(lines.back().text, "last");
}

TEST(LineReader, MarksALinePastTheLimitAndGoesOn) {
  const std::vector<Line> lines = ReadLines("12345\n123456\n" + std::string(1'000'000, 'x') + "\n\n" + "123456", 5);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_FALSE(lines[0].over_long);
  EXPECT_TRUE(lines[1].over_long);
  EXPECT_TRUE(lines[2].over_long);
  EXPECT_TRUE(lines[2].text.empty());
  EXPECT_FALSE(lines[3].over_long);
  EXPECT_TRUE(lines[4].over_long);
}

TEST(OrderedWork, WritesInTheOrderOfTheWorkWhoeverIsFirst) {
  std::ostringstream output;
  {
    OrderedWork work(
        4,
        [] {
          return [](BatchPiece& piece) {
            // Early pieces take longest.
            volatile std::size_t spin = 2'000'000 / piece.first_line;
            while (spin > 0) spin = spin - 1;
            piece.results = std::to_string(piece.first_line) + " ";
          };
        },
        output);
    for (std::size_t i = 1; i <= 200; ++i) {
      ASSERT_TRUE(work.Submit({.first_line = i, .lines = {}, .bytes = OrderedWork::kBytesInFlight / 3, .results = {}}));
    }
    EXPECT_TRUE(work.Finish());
  }
  std::string expected;
  for (int i = 1; i <= 200; ++i) expected += std::to_string(i) + " ";
  EXPECT_EQ(output.str(), expected);
}

TEST(OrderedWork, SaysSoWhenNobodyCanRead) {
  std::ostringstream output;
  output.setstate(std::ios::badbit);
  OrderedWork work(
      2, [] { return [](BatchPiece& piece) { piece.results = "x"; }; }, output);
  for (std::size_t i = 1; i <= 100; ++i) {
    static_cast<void>(work.Submit({.first_line = i, .lines = {}, .bytes = OrderedWork::kBytesInFlight, .results = {}}));
  }
  EXPECT_FALSE(work.Finish());
}

}  // namespace
}  // namespace passport
