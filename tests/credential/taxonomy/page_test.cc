// The example of docs/formats/taxonomy.md says what the page says it does.
#include <gtest/gtest.h>

#include "tests/credential/taxonomy/taxonomy_files.h"
#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

constexpr std::string_view kPage = "docs/formats/taxonomy.md";

TEST(Taxonomy, TheExampleOfThePageIsReadAndMeansWhatThePageSays) {
  const std::vector<std::string> blocks = BlocksOf(kPage);
  ASSERT_EQ(blocks.size(), 1U);
  const Result<Taxonomies> all = MadeOf({blocks[0]});
  ASSERT_TRUE(all.ok()) << Verdict(all);
  const Terms& terms = all->On(DayOf("2026-11-22"));
  EXPECT_TRUE(terms.Knows("method", "fax"));
  EXPECT_FALSE(all->On(DayOf("2027-01-01")).Knows("method", "fax"));
  EXPECT_TRUE(terms.Covers("resuscitation_adult", 3, "first_aid", 1));
  EXPECT_FALSE(all->On(DayOf("2027-04-01")).Covers("resuscitation_adult", 3, "first_aid", 1));
  EXPECT_EQ(all->On(DayOf("2026-08-31")).RefreshMonths("resuscitation_adult", 3), 24);
  EXPECT_EQ(terms.RefreshMonths("resuscitation_adult", 3), 12);
  EXPECT_FALSE(all->On(DayOf("2026-03-31")).Knows("framework", "cstf"));
  EXPECT_EQ(terms.FindSubject("first_aid")->awarded->until, DayOf("2025-12-31"));
}

TEST(Taxonomy, ThePageNamesEveryListThatRecordsAskFor) {
  const std::string page = ReadPage(kPage);
  for (const RecordKind* kind : AllRecordKinds()) {
    for (const FieldRule& rule : kind->fields) {
      if (rule.vocabulary.empty()) continue;
      EXPECT_NE(page.find("`" + std::string(rule.vocabulary) + "`"), std::string::npos) << rule.vocabulary;
    }
  }
  EXPECT_NE(page.find("must refuse"), std::string::npos);
}

}  // namespace
}  // namespace passport
