#include "operator-cli/import/competence_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "samples/generator/courses.h"
#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

constexpr std::string_view kHeader = "Competence,Subject,Level,Framework,Assessed By\n";

TEST(CompetenceTable, FindsACompetenceWhateverItsPeriodCaseAndBars) {
  const auto& table = ShippedCompetences();
  for (const std::string_view name :
       {"NHS|CSTF|Moving and Handling - Level 2 - 2 Years|", "NHS|CSTF|Moving and Handling - Level 2|",
        "NHS|CSTF|Moving and Handling - Level 2 - 18 Months", "nhs | cstf | MOVING  AND HANDLING - LEVEL 2 - 1 YEAR |",
        "Moving and Handling - Level 2"}) {
    const Competence* const found = table.Find(name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(found->subject, "moving_and_handling") << name;
    EXPECT_EQ(found->level, "2") << name;
  }
}

TEST(CompetenceTable, TakesALocalCompetenceOfAnyAuthority) {
  const auto& table = ShippedCompetences();
  ASSERT_NE(table.Find("457|LOCAL|Lone Working - 2 Years|"), nullptr);
  EXPECT_EQ(table.Find("457|LOCAL|Lone Working|")->framework, "local");
}

TEST(CompetenceTable, DoesNotGuess) {
  const auto& table = ShippedCompetences();
  for (const std::string_view name :
       {"", "|", "||", "NHS|CSTF|Moving and Handling - Level 22|", "NHS|CSTF|Moving and Handling|",
        "NHS|LOCAL|Lone Working|", "45x|LOCAL|Lone Working|", "NHS|CSTF|Fire Safety - 2 Fortnights|",
        "NHS|CSTF|Fire Safety - Years|", "NHS|CSTF|Fire Safety|more|", "CSTF|Fire Safety|", "*|LOCAL|Unheard Of|"}) {
    EXPECT_EQ(table.Find(name), nullptr) << name;
  }
}

TEST(CompetenceTable, KnowsEveryCourseOfTheSampleWorld) {
  for (const Course& course : Courses()) {
    // Some courses stand in sheets of care homes and charities only, by their title.
    const bool in_esr = course.set != "SHEET";
    const std::string name = in_esr ? CompetenceName(course, "901") : std::string(course.title);
    EXPECT_NE(ShippedCompetences().Find(name), nullptr) << course.title;
    EXPECT_NE(ShippedCompetences().Find(course.title), nullptr) << course.title;
  }
}

TEST(CompetenceTable, RefusesATableWithOneWrongRow) {
  const std::vector<std::pair<std::string, Reason>> cases = {
      {"", Reason::kFileHeader},
      {"Competence,Subject\n", Reason::kRowFields},
      {"Competence,Subject,Level,Framework,Assessor\n", Reason::kFileHeader},
      {std::string(kHeader) + "A,b,1,c\n", Reason::kRowFields},
      {std::string(kHeader) + "A,b,1,c,d\na,b,1,c,d\n", Reason::kRecordField},
      {std::string(kHeader) + "A - 2 Years,b,1,c,d\nA - 1 Year|,b,1,c,d\n", Reason::kRecordField},
      {std::string(kHeader) + "A,Fire Safety,1,c,d\n", Reason::kRecordField},
      {std::string(kHeader) + "A,2b,1,c,d\n", Reason::kRecordField},
      {std::string(kHeader) + "A,b,one,c,d\n", Reason::kRecordField},
      {std::string(kHeader) + "A,b,01,c,d\n", Reason::kRecordField},
      {std::string(kHeader) + ",b,1,c,d\n", Reason::kRecordField},
      {std::string(kHeader) + "A\xE9,b,1,c,d\n", Reason::kFileEncoding},
      {std::string(kHeader) + std::string(70000, 'a') + ",b,1,c,d\n", Reason::kRowTooLong},
      {std::string(kHeader) + "A,b,1,c,\"d\n", Reason::kRowFields},
  };
  for (const auto& [text, reason] : cases) {
    const auto table = CompetenceTable::Parse(text);
    ASSERT_FALSE(table.ok()) << text.substr(0, 80);
    EXPECT_EQ(table.fault().reason, reason) << table.fault().detail;
  }
  EXPECT_TRUE(CompetenceTable::Parse(kHeader).ok());
}

}  // namespace
}  // namespace passport
