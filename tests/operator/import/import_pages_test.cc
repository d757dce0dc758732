// The examples on the pages of docs/formats are read as a file would be.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

// The first block of the page fenced with ```csv.
std::string ExampleOf(const std::string& page) {
  const std::string text = ReadTextFile("docs/formats/" + page);
  const std::string fence = "```csv\n";
  const std::size_t begin = text.find(fence);
  if (begin == std::string::npos) return {};
  return text.substr(begin + fence.size(), text.find("```", begin + fence.size()) - begin - fence.size());
}

TEST(ImportPages, EveryExampleIsReadWhole) {
  struct Page {
    std::string name;
    ImportFormat format;
    std::size_t records;
  };
  for (const Page& page : {Page{"import-esr-competence.md", ImportFormat::kEsrCompetence, 3},
                           Page{"import-hr-csv.md", ImportFormat::kHrCsv, 6},
                           Page{"import-care-home-csv.md", ImportFormat::kCareHomeCsv, 3},
                           Page{"import-learning-csv.md", ImportFormat::kLearningCsv, 4}}) {
    ImportDesk desk;
    ImportReader reader(ShippedCompetences(), TestTerms(), desk);
    ASSERT_TRUE(reader.Feed(ExampleOf(page.name)).ok()) << page.name;
    ASSERT_TRUE(reader.Finish().ok()) << page.name;
    EXPECT_EQ(reader.format(), page.format) << page.name;
    EXPECT_EQ(desk.records.size(), page.records) << page.name << desk.Told();
    EXPECT_TRUE(desk.faults.empty()) << page.name << desk.Told();
  }
}

TEST(ImportPages, TheExampleOfACompetenceTableIsATable) {
  const auto table = CompetenceTable::Parse(ExampleOf("import-competences.md"));
  ASSERT_TRUE(table.ok()) << table.fault().detail;
  EXPECT_EQ(table->size(), 3U);
}

TEST(ImportPages, EveryColumnOfAFormatIsExplainedOnItsPage) {
  for (const auto& [page, format] : {std::pair{"import-esr-competence.md", ImportFormat::kEsrCompetence},
                                     std::pair{"import-hr-csv.md", ImportFormat::kHrCsv},
                                     std::pair{"import-care-home-csv.md", ImportFormat::kCareHomeCsv},
                                     std::pair{"import-learning-csv.md", ImportFormat::kLearningCsv}}) {
    const std::string text = ReadTextFile(std::string("docs/formats/") + page);
    for (const std::string_view column : ColumnsOf(format)) {
      EXPECT_NE(text.find("| " + std::string(column) + " |"), std::string::npos) << page << ": " << column;
    }
  }
}

}  // namespace
}  // namespace passport
