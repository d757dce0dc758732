// The short answer against the long one, on random roles, records and duties; records whose standings alone are new.
#include "credential/decision/judgement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>

#include "tests/credential/decision/random_rules.h"
#include "tests/credential/decision/short_answer.h"

namespace passport {
namespace {

// Passports by chance, out of a pool that is signed once.
class Pool {
 public:
  explicit Pool(Dice& dice) : dice_(dice) {
    for (int i = 0; i < 400; ++i) texts_.push_back(roster_.Sign(RandomShown(dice)));
    for (int i = 0; i < 8; ++i) courses_.push_back(MakeCourses(dice));
  }
  HeldRecords Passport() {
    std::vector<std::string> texts;
    for (int i = dice_.Below(12); i > 0; --i) {
      const std::string& text = dice_.Of(texts_);
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
    const bool stale = dice_.OneIn(8);
    return roster_.Passport(texts, stale ? kNow + Seconds{2 * 86'400} : kNow);
  }
  const Taxonomies& Courses() { return dice_.Of(courses_).taxonomies; }

 private:
  Dice& dice_;
  Roster roster_;
  std::vector<std::string> texts_;
  std::vector<RandomCourses> courses_;
};

TEST(Judgement, SaysShortlyWhatDecideSaysAtLength) {
  Dice dice(20'261'123);
  Pool pool(dice);
  DutyJudge judge;  // one for all: what it was asked before must not matter
  std::array<int, 4> outcomes{};
  for (int person = 0; person < 400; ++person) {
    const HeldRecords records = pool.Passport();
    const PreparedRecords prepared(records);
    for (int i = 0; i < 10; ++i) {
      const RandomRole role = MakeRole(dice);
      const Taxonomies& courses = pool.Courses();
      // Of one day, whatever the duty: the courses of chance never change.
      const PreparedProfile profile(role.profile, courses, DayOf("2026-06-01"));
      const PreparedCase prepared_case(profile, prepared);  // its days found ahead, which Decide() does not
      for (int shift = 0; shift < 5; ++shift) {
        const Duty duty = RandomDuty(dice);
        const Result<Decision> decision = Decide(role.profile, courses, records, duty);
        ASSERT_TRUE(decision.ok());
        const Result<Judgement> judgement = judge.Of(prepared_case, duty);
        ASSERT_TRUE(judgement.ok());
        ASSERT_EQ(*judgement, Shortly(*decision, role.profile)) << role.text;
        ASSERT_EQ(Spelt(*judge.Explain(prepared_case, duty)), Spelt(*decision)) << role.text;
        ++outcomes[static_cast<std::size_t>(judgement->outcome)];
      }
    }
  }
  for (const int count : outcomes) EXPECT_GT(count, 100) << "every outcome was met";
}

TEST(Judgement, NeedsNothingOfWhatItsRecordsWerePreparedFrom) {
  Dice dice(5);
  Pool pool(dice);
  for (int person = 0; person < 50; ++person) {
    const RandomRole role = MakeRole(dice);
    const Taxonomies& courses = pool.Courses();
    const Duty duty = RandomDuty(dice);
    auto records = std::make_unique<HeldRecords>(pool.Passport());
    const PreparedRecords prepared(*records);
    const std::string said = Spelt(*Decide(role.profile, courses, *records, duty));
    records.reset();
    DutyJudge judge;
    const PreparedProfile profile(role.profile, courses, duty.first_day());
    EXPECT_EQ(Spelt(*judge.Explain(PreparedCase(profile, prepared), duty)), said);
  }
}

constexpr std::string_view kPosted =
    R"({"id":"post","needs":"a post","any_of":[{"kind":"employment","conditions":[{"fact":"starts_on","not_after_day":true}]}]})";
constexpr std::string_view kFireSafety =
    R"({"id":"fire","needs":"fire safety","any_of":[{"training":"fire_safety","level":1,"refresh":true}]})";

std::vector<Shown> FireSafetyAndPost(std::uint8_t of_training, std::uint8_t of_post) {
  return {{.kind = "mandatory_training",
           .changes = {{"subject", "fire_safety"}, {"level", "1"}, {"achieved_on", "2026-03-01"}},
           .status = of_training},
          {.kind = "employment", .changes = {{"starts_on", "2024-01-01"}, {"ends_on", ""}}, .status = of_post}};
}

std::vector<RecordStanding> StandingsOf(const VerifiedRecords& verified) {
  std::vector<RecordStanding> standings;
  for (const PresentedRecord& each : verified.records()) standings.push_back({each.standing, each.standing_reason});
  return standings;
}

TEST(Judgement, FollowsStandingsThatAreReadAnewAndBack) {
  const RoleProfile role = ProfileOf(std::string(kFireSafety) + "," + std::string(kPosted));
  const Duty duty = OnDay("2026-11-21");
  const PreparedProfile profile(role, TestTaxonomies(), duty.first_day());
  PreparedRecords prepared(Verified(FireSafetyAndPost(0, 0)));
  const PreparedCase prepared_case(profile, prepared);
  DutyJudge judge;
  const struct {
    std::uint8_t of_training;
    std::uint8_t of_post;
    RegistryAge registry;
    Outcome outcome;
    Reason reason;
  } rows[] = {{0, 0, RegistryAge::kFresh, Outcome::kMet, Reason::kNone},
              {1, 0, RegistryAge::kFresh, Outcome::kNotMet, Reason::kRevoked},
              {0, 2, RegistryAge::kFresh, Outcome::kNotMet, Reason::kSuspended},
              {0, 3, RegistryAge::kFresh, Outcome::kCannotTell, Reason::kStatus},
              {0, 0, RegistryAge::kStale, Outcome::kCannotTell, Reason::kRegistryStale},
              {0, 0, RegistryAge::kFresh, Outcome::kMet, Reason::kNone}};
  for (const auto& row : rows) {
    const VerifiedPresentation now = Verified(FireSafetyAndPost(row.of_training, row.of_post), nullptr, row.registry);
    const std::vector<RecordStanding> standings = StandingsOf(now);
    prepared.Restand({.records = standings,
                      .registry = now.registry_standing(),
                      .snapshot_id = now.snapshot_id(),
                      .verified_at = now.verified_at()});
    const Result<Judgement> judgement = judge.Of(prepared_case, duty);
    ASSERT_TRUE(judgement.ok());
    EXPECT_EQ(judgement->outcome, row.outcome);
    EXPECT_EQ(judgement->reason, row.reason);
    EXPECT_EQ(Spelt(*judge.Explain(prepared_case, duty)), Spelt(*Decide(role, TestTaxonomies(), now, duty)));
  }
}

TEST(Judgement, NamesTheFirstRequirementThatDecidesAndTheEarliestEnd) {
  const RoleProfile role = ProfileOf(std::string(kFireSafety) + "," + std::string(kPosted));
  const Duty duty = OnDay("2026-11-21");
  const PreparedProfile profile(role, TestTaxonomies(), duty.first_day());
  DutyJudge judge;
  const auto of = [&](const std::vector<Shown>& shown) {
    const PreparedRecords records(Verified(shown));
    return *judge.Of(PreparedCase(profile, records), duty);
  };
  const std::vector<Shown> both = FireSafetyAndPost(0, 0);
  const PreparedRecords nothing(Roster().Passport({}));
  EXPECT_EQ(of(both), (Judgement{Outcome::kMet, 0, Reason::kNone, DayOf("2028-03-01")}));
  EXPECT_EQ(of({both[0]}), (Judgement{Outcome::kNotMet, 1, Reason::kRecordMissing, std::nullopt}));
  EXPECT_EQ(of({both[1]}), (Judgement{Outcome::kNotMet, 0, Reason::kRecordMissing, std::nullopt}));
  EXPECT_EQ(*judge.Of(PreparedCase(profile, nothing), duty),
            (Judgement{Outcome::kNotMet, 0, Reason::kRecordMissing, std::nullopt}));
}

TEST(Judgement, RefusesAsDecideDoes) {
  const RoleProfile role =
      ProfileOf(R"({"id":"post","needs":"a post","when":"employment","any_of":[{"kind":"employment"}]})");
  const PreparedRecords records(Verified({{.kind = "employment"}}));
  DutyJudge judge;
  const auto refused = [&](const Duty& duty) {
    const PreparedProfile profile(role, TestTaxonomies(), duty.first_day());
    const Result<Judgement> judgement = judge.Of(PreparedCase(profile, records), duty);
    const Result<Decision> decision = judge.Explain(PreparedCase(profile, records), duty);
    if (judgement.ok() || decision.ok()) return std::string("answered");
    EXPECT_EQ(judgement.fault().detail, decision.fault().detail);
    return std::string(WordOf(judgement.fault().reason));
  };
  EXPECT_EQ(refused(OnDay("2019-12-31")), "not_yet_in_force");
  EXPECT_EQ(refused(OnDay("2026-11-21")), "field_invalid");
  EXPECT_EQ(refused(Shift("2026-11-21 08:00", "2026-11-21 16:00", Engagement::kEmployment)), "answered");
}

TEST(PreparedProfile, ServesAsLongAsProfileAndTermsAreTheSame) {
  const RoleProfile role = ProfileOf(kFireSafety);
  const RoleProfile same = ProfileOf(kFireSafety);
  const PreparedProfile profile(role, TestTaxonomies(), DayOf("2026-11-21"));
  EXPECT_TRUE(profile.Serves(role, TestTaxonomies(), DayOf("2026-11-21")));
  EXPECT_TRUE(profile.Serves(role, TestTaxonomies(), DayOf("2026-12-31")));
  EXPECT_FALSE(profile.Serves(role, TestTaxonomies(), DayOf("2027-01-01"))) << "fire safety counts 12 months then";
  EXPECT_FALSE(profile.Serves(same, TestTaxonomies(), DayOf("2026-11-21")));
}

TEST(MonthsAfter, IsTheDayTheCalendarSaysOnEveryDay) {
  const std::array<int, 14> periods = {0, 1, 2, 3, 6, 11, 12, 13, 24, 36, 60, 600, 3599, 10'000};
  CivilDay day = DayOf("1900-01-01");
  const CivilDay last = DayOf("2199-12-31");
  for (;; day = day.PlusDays(1)) {
    const WeighedDay weighed{.day = day,
                             .months = static_cast<std::int16_t>((day.year() - 1900) * 12 + day.month() - 1),
                             .day_of_it = static_cast<std::int16_t>(day.day())};
    for (const int months : periods)
      ASSERT_EQ(MonthsAfter(weighed, months), day.PlusMonths(months)) << day.Text() << " and " << months;
    if (day == last) break;
  }
}

TEST(WordTable, GivesEveryWordOneNumberAndKnowsNoOther) {
  WordTable table;
  EXPECT_EQ(table.Find("a", WordTable::HashOf("a")), kNoWord);
  for (int round = 0; round < 2; ++round) {
    for (WordNumber i = 0; i < 3000; ++i) ASSERT_EQ(table.Add("word_" + std::to_string(i)), i);
  }
  EXPECT_EQ(table.size(), 3000U);
  for (WordNumber i = 0; i < 3000; ++i) {
    const std::string word = "word_" + std::to_string(i);
    ASSERT_EQ(table.Find(word, WordTable::HashOf(word)), i);
    ASSERT_EQ(table.TextOf(i), word);
    ASSERT_EQ(table.Find(word + "_", WordTable::HashOf(word + "_")), kNoWord);
  }
  EXPECT_EQ(table.Find("", WordTable::HashOf("")), kNoWord);
  EXPECT_EQ(table.Find("other", WordTable::HashOf("word_7")), kNoWord) << "a hash is not a word";
}

}  // namespace
}  // namespace passport
