// Taxonomies written in a line, and the counting of cases.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "credential/taxonomy/terms.h"

namespace passport {

// Counts the cases of one test and says at its end how many there were.
class Cases {
 public:
  Cases() = default;
  Cases(const Cases&) = delete;
  Cases& operator=(const Cases&) = delete;
  ~Cases() {
    testing::Test::RecordProperty("cases", count_);
    std::printf("Taxonomy: %d cases\n", count_);
  }
  void Count(int more = 1) { count_ += more; }

 private:
  int count_ = 0;
};

inline CivilDay DayOf(std::string_view text) { return *CivilDay::Parse(text); }

// A file with these sections: R"("words":[...],"subjects":[...])".
inline std::string FileText(std::string_view sections, std::string_view id = "test", int version = 1,
                            std::string_view effective_from = "2026-01-01") {
  return R"({"id":")" + std::string(id) + R"(","version":)" + std::to_string(version) +
         R"(,"title":"Test","effective_from":")" + std::string(effective_from) + R"(",)" + std::string(sections) + "}";
}

// "ok", or the word of the reason and the detail.
template <class T>
std::string Verdict(const Result<T>& result) {
  if (result.ok()) return "ok";
  return std::string(WordOf(result.fault().reason)) + ": " + result.fault().detail;
}

inline Taxonomy Parsed(const std::string& text) {
  Result<Taxonomy> taxonomy = Taxonomy::Parse(text);
  EXPECT_TRUE(taxonomy.ok()) << Verdict(taxonomy);
  return std::move(taxonomy).value();
}

// All versions written as texts.
inline Result<Taxonomies> MadeOf(const std::vector<std::string>& texts) {
  std::vector<Taxonomy> versions;
  for (const std::string& text : texts) {
    TRY_ASSIGN(Taxonomy taxonomy, Taxonomy::Parse(text));
    versions.push_back(std::move(taxonomy));
  }
  return Taxonomies::Make(std::move(versions));
}

// A subject of one line: levels as "1,2".
inline std::string SubjectText(std::string_view word, std::string_view levels, bool higher_covers_lower = true,
                               std::string_view more = "") {
  return R"({"word":")" + std::string(word) + R"(","label":"A course","framework":"local","levels":[)" +
         std::string(levels) + R"(],"higher_covers_lower":)" + (higher_covers_lower ? "true" : "false") +
         std::string(more) + "}";
}

inline std::string EquivalenceText(std::string_view has, int has_level, std::string_view counts_as, int level,
                                   std::string_view more = "") {
  return R"({"has":{"subject":")" + std::string(has) + R"(","level":)" + std::to_string(has_level) +
         R"(},"counts_as":{"subject":")" + std::string(counts_as) + R"(","level":)" + std::to_string(level) +
         R"(},"source":"test")" + std::string(more) + "}";
}

}  // namespace passport
