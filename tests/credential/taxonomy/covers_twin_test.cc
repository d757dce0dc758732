// What counts for what, against its slow twin on random taxonomies. The seed is fixed.
#include <gtest/gtest.h>

#include <random>

#include "tests/credential/taxonomy/taxonomy_files.h"
#include "tests/reference/cover_check.h"

namespace passport {
namespace {

using reference::CoverClerk;
using reference::Place;

constexpr int kTaxonomies = 3000;

int Below(int end, std::mt19937_64& chance) { return static_cast<int>(chance() % static_cast<std::uint64_t>(end)); }

CoverClerk RandomRules(std::mt19937_64& chance) {
  CoverClerk clerk;
  std::vector<Place> places;
  for (int course = 2 + Below(5, chance); course > 0; --course) {
    const std::string word = "c" + std::to_string(course);
    reference::ClerkCourse& rules = clerk.courses[word];
    rules.higher_covers_lower = Below(3, chance) > 0;
    for (int level = 1 + Below(4, chance); level > 0; --level) rules.levels.insert(Below(6, chance));
    for (const int level : rules.levels) places.emplace_back(word, level);
  }
  const auto place = [&] { return places[static_cast<std::size_t>(Below(static_cast<int>(places.size()), chance))]; };
  std::set<std::pair<Place, Place>> drawn;
  for (int i = Below(6, chance); i > 0; --i) drawn.insert({place(), place()});
  clerk.equivalences.assign(drawn.begin(), drawn.end());
  return clerk;
}

std::string ToText(const CoverClerk& clerk) {
  std::string subjects;
  for (const auto& [word, course] : clerk.courses) {
    std::string levels;
    for (const int level : course.levels) levels += (levels.empty() ? "" : ",") + std::to_string(level);
    subjects += (subjects.empty() ? "" : ",") + SubjectText(word, levels, course.higher_covers_lower);
  }
  std::string equivalences;
  for (const auto& [has, counts_as] : clerk.equivalences) {
    equivalences +=
        (equivalences.empty() ? "" : ",") + EquivalenceText(has.first, has.second, counts_as.first, counts_as.second);
  }
  return FileText("\"subjects\":[" + subjects + "],\"equivalences\":[" + equivalences + "]");
}

// Every course and level against every other.
int ExpectSame(const CoverClerk& clerk, const Terms& terms) {
  int pairs = 0;
  for (const auto& [has, has_course] : clerk.courses) {
    for (const int has_level : has_course.levels) {
      const std::set<Place> counts_as = clerk.CountsAs({has, has_level});
      for (const auto& [wanted, course] : clerk.courses) {
        for (const int level : course.levels) {
          ++pairs;
          EXPECT_EQ(terms.Covers(has, has_level, wanted, level), counts_as.contains({wanted, level}))
              << has << " " << has_level << " for " << wanted << " " << level << " in " << ToText(clerk);
        }
      }
    }
  }
  return pairs;
}

TEST(Taxonomy, CountsForTheSameAsItsSlowTwinSays) {
  std::mt19937_64 chance(20261122);
  Cases cases;
  int circles = 0;
  for (int i = 0; i < kTaxonomies && !::testing::Test::HasFailure(); ++i) {
    const CoverClerk clerk = RandomRules(chance);
    const Result<Taxonomies> all = MadeOf({ToText(clerk)});
    ASSERT_EQ(all.ok(), !clerk.HasCircle()) << Verdict(all) << " " << ToText(clerk);
    cases.Count();
    if (!all.ok()) {
      ++circles;
      continue;
    }
    cases.Count(ExpectSame(clerk, all->On(DayOf("2026-06-01"))));
  }
  // Neither kind is rare.
  EXPECT_GT(circles, kTaxonomies / 10);
  EXPECT_LT(circles, kTaxonomies * 9 / 10);
}

}  // namespace
}  // namespace passport
