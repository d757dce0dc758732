// Keeps docs/threat-model.md true: a test it names exists, every threat is there once, and one without a test says why.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

// The threats of the study, and those that the issues on trust and on the person add.
constexpr int kThreats = 65;

struct Row {
  std::string test;
  std::string remains;
};

std::map<std::string, Row> ThreatRows() {
  std::map<std::string, Row> rows;
  const std::string page = ReadPage("docs/threat-model.md");
  const std::regex row(R"(\n\| (T[0-9]+) \| ([^|\n]+) \| ([^|\n]+) \| ([^|\n]+) \|([^|\n]*)\|)");
  for (auto at = std::sregex_iterator(page.begin(), page.end(), row); at != std::sregex_iterator(); ++at) {
    EXPECT_TRUE(rows.emplace((*at)[1], Row{(*at)[4], (*at)[5]}).second) << (*at)[1] << " has two rows";
  }
  return rows;
}

std::set<std::string> ThreatTestNames() {
  std::set<std::string> names;
  const std::regex test(R"(\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string text = ReadPage(entry.path().string());
    for (auto at = std::sregex_iterator(text.begin(), text.end(), test); at != std::sregex_iterator(); ++at) {
      names.insert((*at)[1].str() + "." + (*at)[2].str());
    }
  }
  return names;
}

TEST(Threat, EveryOneHasItsRowAndATestOrAReason) {
  const std::map<std::string, Row> rows = ThreatRows();
  std::size_t tested = 0;
  for (int i = 1; i <= kThreats; ++i) EXPECT_TRUE(rows.contains("T" + std::to_string(i))) << "T" << i;
  const std::regex quoted("`[A-Za-z]\\w*\\.\\w+`");
  for (const auto& [id, row] : rows) {
    const bool named = std::regex_search(row.test, quoted);
    EXPECT_TRUE(named || row.test.starts_with("Not ") || row.test.starts_with("Held ")) << id << ": " << row.test;
    tested += named ? 1U : 0U;
  }
  std::cout << tested << " of " << rows.size() << " threats are attacked by a test\n";
}

TEST(Threat, EveryTestThatIsNamedExists) {
  const std::set<std::string> names = ThreatTestNames();
  ASSERT_GT(names.size(), 100U);
  const std::regex quoted("`([A-Za-z]\\w*\\.\\w+)`");
  for (const auto& [id, row] : ThreatRows()) {
    for (auto at = std::sregex_iterator(row.test.begin(), row.test.end(), quoted); at != std::sregex_iterator(); ++at) {
      EXPECT_TRUE(names.contains((*at)[1])) << id << " names " << (*at)[1];
    }
  }
}

}  // namespace
}  // namespace passport
