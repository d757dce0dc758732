// Keeps docs/checks.md true: a test it names exists, and an id that tests or code use has a row.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "tests/docs/page_blocks.h"

namespace passport {
namespace {

// Rows of the table: id to the text of its last column.
std::map<std::string, std::string> Rows() {
  std::map<std::string, std::string> rows;
  const std::string page = ReadPage("docs/checks.md");
  const std::regex row(R"(\n\| ([A-Z]+-[0-9]+) \| ([^|\n]+) \| ([^|\n]+) \|)");
  for (auto at = std::sregex_iterator(page.begin(), page.end(), row); at != std::sregex_iterator(); ++at) {
    EXPECT_TRUE(rows.emplace((*at)[1], (*at)[3]).second) << (*at)[1] << " has two rows";
  }
  return rows;
}

std::vector<std::string> SourcesUnder(const std::vector<std::string>& folders) {
  std::vector<std::string> texts;
  for (const std::string& folder : folders) {
    if (!std::filesystem::is_directory(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".cc" || extension == ".h") texts.push_back(ReadPage(entry.path().string()));
    }
  }
  return texts;
}

// "Suite.Name" of every test.
std::set<std::string> TestNames() {
  std::set<std::string> names;
  const std::regex test(R"(\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  for (const std::string& text : SourcesUnder({"tests"})) {
    for (auto at = std::sregex_iterator(text.begin(), text.end(), test); at != std::sregex_iterator(); ++at) {
      names.insert((*at)[1].str() + "." + (*at)[2].str());
    }
  }
  return names;
}

TEST(Docs, ChecksNameOnlyTestsThatExist) {
  const std::set<std::string> names = TestNames();
  ASSERT_GT(names.size(), 100U);
  const std::regex quoted("`([A-Za-z]\\w*\\.\\w+)`");
  for (const auto& [id, cell] : Rows()) {
    for (auto at = std::sregex_iterator(cell.begin(), cell.end(), quoted); at != std::sregex_iterator(); ++at) {
      EXPECT_TRUE(names.count((*at)[1])) << id << " names " << (*at)[1];
    }
  }
}

TEST(Docs, ChecksWithoutATestSayWhy) {
  const std::regex quoted("`[A-Za-z]\\w*\\.\\w+`");
  for (const auto& [id, cell] : Rows()) {
    const bool explained = cell.starts_with("Not ") || cell.starts_with("As ") || cell.starts_with("Held ");
    EXPECT_TRUE(explained || std::regex_search(cell, quoted)) << id << ": " << cell;
  }
}

TEST(Docs, ChecksHaveARowForEveryIdInTheNamesOfTests) {
  const std::map<std::string, std::string> rows = Rows();
  const std::regex id("(?:^|[._])(JWT|THUMB|JWE|SDJWT|KB|SDVC|TSL|TRUST)([0-9]{2})(?=_)");
  for (const std::string& name : TestNames()) {
    for (auto at = std::sregex_iterator(name.begin(), name.end(), id); at != std::sregex_iterator(); ++at) {
      EXPECT_TRUE(rows.count((*at)[1].str() + "-" + (*at)[2].str())) << name;
    }
  }
}

TEST(Docs, ChecksHaveARowForEveryIdInTheCode) {
  const std::map<std::string, std::string> rows = Rows();
  const std::regex literal("\"((?:JWT|THUMB|JWE|SDJWT|KB|SDVC|TSL|TRUST|PQ|VP|VCDM)-[0-9]+)\"");
  std::size_t found = 0;
  for (const std::string& text :
       SourcesUnder({"credential", "keys", "passport-service", "verifier-cli", "operator-cli"})) {
    for (auto at = std::sregex_iterator(text.begin(), text.end(), literal); at != std::sregex_iterator(); ++at) {
      EXPECT_TRUE(rows.count((*at)[1])) << (*at)[1];
      ++found;
    }
  }
  EXPECT_GT(found, 50U);
}

TEST(Docs, ChecksAreAllThere) {
  const std::map<std::string, std::string> rows = Rows();
  const std::pair<std::string, int> parts[] = {{"JWT", 15}, {"THUMB", 2}, {"JWE", 3},  {"SDJWT", 20},
                                               {"KB", 11},  {"SDVC", 17}, {"TSL", 23}, {"TRUST", 12}};
  for (const auto& [part, count] : parts) {
    for (int i = 1; i <= count; ++i) {
      const std::string id = part + (i < 10 ? "-0" : "-") + std::to_string(i);
      EXPECT_TRUE(rows.count(id)) << id;
    }
  }
}

}  // namespace
}  // namespace passport
