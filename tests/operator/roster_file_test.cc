#include "operator-cli/roster_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace passport {
namespace {

class RosterFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "roster-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string Put(const std::string& name, const std::string& text) const {
    std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  static RosterRow Row(std::uint64_t line, const std::string& text) { return {.line = line, .text = text, .end = 0}; }
  static RosterAnswers::Words Met() { return {.outcome = "met", .reason = "", .until = "2027-01-01"}; }

  std::filesystem::path folder_;
  std::string written_;
  RosterAnswers answers_{[this](std::string_view bytes) -> Result<void> {
    written_ += bytes;
    return {};
  }};
};

TEST_F(RosterFiles, AnswersStandInTheOrderOfTheFileHoweverTheyCome) {
  ASSERT_TRUE(answers_.Header("Employee Number,Shift Start,Shift End").ok());
  ASSERT_TRUE(answers_.Add(Row(2, "a,b,c"), std::nullopt).ok());
  ASSERT_TRUE(answers_.Add(Row(3, "d,e,f"), RosterAnswers::Words{"refused", "row_fields: a, \"b\"", ""}).ok());
  ASSERT_TRUE(answers_.Add(Row(4, "g,h,i"), std::nullopt).ok());
  ASSERT_TRUE(answers_.Answer(4, {"not_met", "too_old", ""}).ok());
  EXPECT_EQ(answers_.waiting(), 3U);
  ASSERT_TRUE(answers_.Answer(2, Met()).ok());
  EXPECT_EQ(answers_.waiting(), 0U);
  EXPECT_EQ(written_,
            "\xEF\xBB\xBF"
            "Employee Number,Shift Start,Shift End,Outcome,Reason,Until\n"
            "a,b,c,met,,2027-01-01\n"
            "d,e,f,refused,\"row_fields: a, \"\"b\"\"\",\n"
            "g,h,i,not_met,too_old,\n");
  EXPECT_EQ(answers_.counts().met, 1U);
  EXPECT_EQ(answers_.counts().refused, 1U);
  EXPECT_EQ(answers_.counts().not_met, 1U);
}

TEST_F(RosterFiles, AnAnswerToALineThatWasNotSentIsRefused) {
  ASSERT_TRUE(answers_.Add(Row(2, "a,b,c"), std::nullopt).ok());
  EXPECT_EQ(answers_.Answer(3, Met()).fault().reason, Reason::kSchemaNewer);
  ASSERT_TRUE(answers_.Answer(2, Met()).ok());
  EXPECT_EQ(answers_.Answer(2, Met()).fault().reason, Reason::kSchemaNewer) << "twice";
}

TEST_F(RosterFiles, AnAnswerIsGoneOnWithFromItsLastWholeRow) {
  const std::string whole =
      "\xEF\xBB\xBF"
      "Employee Number,Shift Start,Shift End,Outcome,Reason,Until\n"
      "a,b,c,met,,2027-01-01\n"
      "d,e,f,refused,\"row_fields: x, y\",\n";
  RowTrail trail;
  for (const char* const text : {"Employee Number,Shift Start,Shift End", "a,b,c", "d,e,f"}) trail.Add(text);
  const auto before = ReadAnswered(Put("whole", whole));
  ASSERT_TRUE(before.ok() && *before);
  EXPECT_EQ((*before)->end, whole.size());
  EXPECT_EQ((*before)->counts.met, 1U);
  EXPECT_EQ((*before)->counts.refused, 1U);
  EXPECT_EQ((*before)->trail, trail);
  const auto cut = ReadAnswered(Put("cut", whole + "g,h,i,me"));
  ASSERT_TRUE(cut.ok() && *cut);
  EXPECT_EQ((*cut)->end, whole.size());
  EXPECT_EQ((*cut)->trail, trail);
  const auto header = ReadAnswered(Put("header", whole.substr(0, whole.find('\n') + 1)));
  ASSERT_TRUE(header.ok() && *header);
  EXPECT_EQ((*header)->end, whole.find('\n') + 1);
  EXPECT_EQ((*header)->counts.rows(), 0U);
}

TEST_F(RosterFiles, NothingIsGoneOnWithWhereThereIsNothing) {
  EXPECT_FALSE(ReadAnswered(folder_ / "none")->has_value());
  EXPECT_FALSE(ReadAnswered(Put("empty", ""))->has_value());
  EXPECT_FALSE(ReadAnswered(Put("half",
                                "\xEF\xBB\xBF"
                                "Employee Number,Sh"))
                   ->has_value())
      << "a header cut off";
  EXPECT_EQ(ReadAnswered(Put("other", "Name,Role\nx,y\n")).fault().reason, Reason::kConfig);
  EXPECT_EQ(ReadAnswered(Put("roster", "Employee Number,Shift Start,Shift End\na,b,c\n")).fault().reason,
            Reason::kConfig)
      << "the roster itself is no answer";
}

}  // namespace
}  // namespace passport
