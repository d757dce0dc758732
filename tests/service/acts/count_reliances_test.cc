#include "passport-service/acts/count_reliances.h"

#include <gtest/gtest.h>

#include "tests/service/acts/relying_world.h"

namespace passport {
namespace {

struct CountWorld : RelyingWorld {
  Result<std::vector<RoleCounts>> Count(const Caller& by, const char* from = "2026-11-21",
                                        const char* through = "2026-11-30") {
    return Counting()({by, CivilDay::Parse(from).value(), CivilDay::Parse(through).value()});
  }
  void LaterByDays(int days) {
    clock.now = clock.now + Seconds{days * 86'400};
    PublishNow();
  }
};

TEST(CountReliances, CountsOutcomesReasonsAndWhatWasNotRepeated) {
  CountWorld world;
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(world.Decided(world.council, world.Hire("10" + std::to_string(10 + i))), "met");
    EXPECT_EQ(world.Decided(world.council, world.Hire("20" + std::to_string(10 + i), "2023-01-01")), "not_met");
  }
  const auto counts = world.Count(world.council);
  ASSERT_TRUE(counts.ok());
  ASSERT_EQ(counts->size(), 1U);
  const RoleCounts& role = counts->front();
  EXPECT_EQ(role.employer, world.council.organisation);
  EXPECT_EQ(role.profile, "mover");
  EXPECT_EQ(role.people, 12U);
  EXPECT_EQ(role.outcomes, (std::map<std::string, SafeCount>{{"met", 6}, {"not_met", 6}}));
  EXPECT_EQ(role.reasons, (std::map<std::string, SafeCount>{{"too_old", 6}}));
  EXPECT_EQ(role.not_repeated, (std::map<std::string, SafeCount>{{"mandatory_training", 6}}));
  EXPECT_FALSE(role.days_to_clear);
}

TEST(CountReliances, SuppressesWhatFewerThanFivePeopleStandBehind) {
  CountWorld world;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(world.Decided(world.council, world.Hire("10" + std::to_string(10 + i))), "met");
  }
  const auto holder = world.Hire("2001", "2023-01-01");
  for (int i = 0; i < 9; ++i) EXPECT_EQ(world.Decided(world.council, holder), "not_met");
  const RoleCounts role = world.Count(world.council)->front();
  EXPECT_EQ(role.people, 5U);
  EXPECT_EQ(role.outcomes, (std::map<std::string, SafeCount>{{"met", {}}, {"not_met", {}}}))
      << "four people, and one person nine times";
  EXPECT_EQ(role.reasons, (std::map<std::string, SafeCount>{{"too_old", {}}}));
  EXPECT_EQ(role.not_repeated, (std::map<std::string, SafeCount>{{"mandatory_training", {}}}));
  EXPECT_FALSE(world.Count(world.registrar)->front().outcomes.at("met"));
}

TEST(CountReliances, TellsTheMedianOfTheDaysToAYes) {
  CountWorld world;
  std::vector<RelyingWorld::Holder> people;
  for (int i = 0; i < 5; ++i) {
    people.push_back(world.Hire("10" + std::to_string(10 + i), "2023-01-01"));
    EXPECT_EQ(world.Decided(world.council, people.back()), "not_met");
  }
  // They renew after 1, 2, 3, 4 and 5 days.
  for (std::size_t i = 0; i < people.size(); ++i) {
    EXPECT_FALSE(world.Count(world.council)->front().days_to_clear) << "not yet five";
    world.LaterByDays(1);
    const std::string number = "10" + std::to_string(10 + i);
    people[i].training = world.IssueTraining(number, {{"achieved_on", "2026-11-20"}, {"checked_on", "2026-11-20"}});
    world.PublishNow();
    EXPECT_EQ(world.Decided(world.council, people[i]), "met");
  }
  EXPECT_EQ(world.Count(world.council)->front().days_to_clear, 3U);
}

TEST(CountReliances, TheRegistrarSeesEverybodyAndOthersThemselves) {
  CountWorld world;
  for (int i = 0; i < 5; ++i) {
    const auto holder = world.Hire("10" + std::to_string(10 + i));
    EXPECT_EQ(world.Decided(world.council, holder), "met");
    EXPECT_EQ(world.Decided(world.trust, holder), "met");
  }
  const auto employers = [&](const Caller& by) {
    std::vector<std::string> names;
    const auto counts = world.Count(by);
    for (const RoleCounts& each : *counts) names.push_back(each.employer.text());
    return names;
  };
  EXPECT_EQ(employers(world.registrar), (std::vector<std::string>{"ods:RC9", "ons:E06000032"}));
  EXPECT_EQ(employers(world.council), (std::vector<std::string>{"ons:E06000032"}));
  EXPECT_EQ(employers(world.trust), (std::vector<std::string>{"ods:RC9"}));
  EXPECT_EQ(WordsOf(world.Count(world.stranger)), "caller_unknown");
  EXPECT_TRUE(world.Count(world.trust)->front().not_repeated.empty()) << "its own courses";
}

TEST(CountReliances, CountsTheDaysOfLondonFromTheFirstToTheLast) {
  CountWorld world;
  const auto holder = world.Hire("1001");
  world.clock.now = Instant{1'795'391'999};  // Sunday 22 November 2026, 23:59:59 in London
  world.PublishNow();
  EXPECT_EQ(world.Decided(world.council, holder), "met");
  EXPECT_EQ(world.Count(world.council, "2026-11-22", "2026-11-22")->size(), 1U);
  EXPECT_EQ(world.Count(world.council, "2026-11-21", "2026-11-21")->size(), 0U);
  EXPECT_EQ(world.Count(world.council, "2026-11-23", "2026-11-30")->size(), 0U);
  EXPECT_EQ(WordsOf(world.Count(world.council, "2026-11-23", "2026-11-22")), "field_invalid");
}

TEST(CountReliances, AVerificationWithoutARoleHasARowOfItsOwn) {
  CountWorld world;
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(world.Rely(world.council, world.Hire("10" + std::to_string(10 + i)), std::nullopt).ok());
  }
  const auto counts = world.Count(world.council);
  ASSERT_EQ(counts->size(), 1U);
  EXPECT_EQ(counts->front().profile, "");
  EXPECT_EQ(counts->front().outcomes, (std::map<std::string, SafeCount>{{"good", 5}}));
}

}  // namespace
}  // namespace passport
