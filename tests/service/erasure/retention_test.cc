// Nothing is kept longer than the rules say, and nothing goes sooner.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "passport-service/acts/apply_retention.h"
#include "tests/service/erasure/erasure_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;

std::string Shipped() {
  std::ifstream file("rules/retention/staff-passport.json");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string With(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

std::string Parsed(const std::string& text) {
  const auto rules = RetentionRules::Parse(text);
  return rules.ok() ? "ok" : std::string(WordOf(rules.fault().reason)) + " " + rules.fault().detail;
}

TEST(RetentionRules, ThatAreShippedRead) {
  const auto rules = RetentionRules::Parse(Shipped());
  ASSERT_TRUE(rules.ok()) << rules.fault().detail;
  EXPECT_EQ(rules->ForCredential("criminal_record_check").keep_days, 183);
  EXPECT_EQ(rules->ForCredential("mandatory_training").id, "other-records");
  EXPECT_EQ(rules->For(Kept::kImport).keep_days, 90);
  for (const RetentionRule& rule : rules->rules()) EXPECT_FALSE(rule.source.empty()) << rule.id;
}

TEST(RetentionRules, WithASlipAreRefused) {
  const std::string good = Shipped();
  EXPECT_THAT(Parsed(With(good, "\"keep_days\": 183", "\"keep_days\": 0")), HasSubstr("field_invalid"));
  EXPECT_THAT(Parsed(With(good, "\"keep_days\": 183", "\"keep_days\": 36526")), HasSubstr("field_invalid"));
  EXPECT_THAT(Parsed(With(good, "\"keep_days\": 183", "\"keep_days\": \"183\"")), HasSubstr("field_invalid"));
  EXPECT_THAT(Parsed(With(good, "\"keep_days\": 183,", "")), HasSubstr("field_invalid"));
  EXPECT_THAT(Parsed(With(good, "\"keep_days\": 183", "\"keep_day\": 183")), HasSubstr("field_invalid"));
  EXPECT_THAT(Parsed(With(good, "\"criminal_record_check\"", "\"criminal_record\"")), HasSubstr("no kind"));
  EXPECT_THAT(Parsed(With(good, "\"criminal_record_check\"", "\"right_to_work\"")), HasSubstr("two rules"));
  EXPECT_THAT(Parsed(With(good, "\"what\": \"import\"", "\"what\": \"imports\"")), HasSubstr("what is not"));
  EXPECT_THAT(Parsed(With(good, "\"what\": \"import\"", "\"what\": \"person\"")), HasSubstr("exactly one rule"));
  EXPECT_THAT(Parsed(With(good, "\"id\": \"imports\"", "\"id\": \"leavers\"")), HasSubstr("same id"));
  EXPECT_THAT(Parsed(With(good, "\"version\": 1", "\"version\": 0")), HasSubstr("field_invalid"));
  EXPECT_THAT(Parsed("[]"), HasSubstr("field_invalid"));
  EXPECT_THAT(Parsed("{"), HasSubstr("malformed"));
}

struct RetentionWorld : ErasureWorld {
  ApplyRetention Applying() { return {store, *vault, clock, RetentionRules::Parse(Shipped()).value()}; }
  void Pass(std::int64_t days) { clock.now = clock.now + Seconds{days * 86'400}; }
  // "reliance 1 of 2, ..." of what is due.
  std::string Due(const RetentionReport& report) {
    std::string due;
    for (const RetentionLine& line : report.lines) {
      if (line.due == 0) continue;
      due +=
          (due.empty() ? "" : ", ") + line.rule + " " + std::to_string(line.due) + " of " + std::to_string(line.kept);
    }
    return due;
  }
};

TEST(Retention, ErasesEachThingWhenItsTimeIsOver) {
  RetentionWorld world;
  ApplyRetention retention = world.Applying();
  EXPECT_EQ(world.Due(*retention.Report(world.trust)), "");
  world.Pass(89);
  EXPECT_EQ(world.Due(*retention.Report(world.trust)), "");
  world.Pass(1);
  EXPECT_EQ(world.Due(*retention.Report(world.trust)), "imports 1 of 1");
  EXPECT_EQ(world.Due(*retention.Report(world.trust)), "imports 1 of 1") << "a report erases nothing";
  ASSERT_TRUE(retention.Apply(world.trust, Request("r1")).ok());
  EXPECT_EQ(world.Due(*retention.Report(world.trust)), "");
  EXPECT_EQ(world.Opens(world.store), 2U);
  world.Pass(3 * 365 + 2192);
  EXPECT_EQ(world.Due(*retention.Report(world.trust)), "other-records 2 of 2, leavers 2 of 2");
  EXPECT_EQ(world.Due(*retention.Report(world.council)), "reliance 2 of 2") << "what it relied on is its own";
  EXPECT_EQ(*retention.ApplyToAll(), 6U);
  EXPECT_EQ(*retention.ApplyToAll(), 0U);
  EXPECT_EQ(world.Opens(world.store), 0U);
  EXPECT_FALSE(world.store.FindPersonByCode(Sha256(world.wren.code))->has_value());
  EXPECT_EQ(world.House(), "clean");
}

TEST(Retention, KeepsWhatIsStillGoodAndCountsFromTheEnd) {
  RetentionWorld world;
  ApplyRetention retention = world.Applying();
  ChangeStanding change = world.ChangingStandings();
  ASSERT_TRUE(change({.by = world.trust,
                      .request = Request("revoke"),
                      .credential = world.florrie.training,
                      .verb = StandingVerb::kRevoke,
                      .why = "left_organisation"})
                  .ok());
  world.Pass(2191);
  ASSERT_TRUE(retention.Apply(world.trust, Request("r1")).ok());
  EXPECT_EQ(world.Opens(world.store), 2U);
  world.Pass(1);
  EXPECT_EQ(world.Due(*retention.Report(world.trust)), "other-records 1 of 2, leavers 1 of 2");
  ASSERT_TRUE(retention.Apply(world.trust, Request("r2")).ok());
  EXPECT_EQ(world.Opens(world.store), 1U) << "Wren's ran out only three years ago";
  EXPECT_TRUE(world.store.FindPersonByCode(Sha256(world.wren.code))->has_value());
  EXPECT_FALSE(world.store.FindPersonByCode(Sha256(world.florrie.code))->has_value());
  EXPECT_EQ(world.House(), "clean");
}

// Erasing a region's leavers takes a while: whoever is employed anew while it goes on is kept.
TEST(Retention, LooksAgainBeforeItErasesSomebody) {
  RetentionWorld world;
  world.Pass(3 * 365 + 2192);
  // At the second look at the clock it is settled what is due.
  struct Interrupting final : Clock {
    explicit Interrupting(RetentionWorld& in) : world(in) {}
    Instant Now() const override {
      if (++looks == 2) world.IssueTraining(ErasureWorld::kNumber);
      return world.clock.now;
    }
    RetentionWorld& world;
    mutable int looks = 0;
  };
  const Interrupting clock(world);
  ApplyRetention retention(world.store, *world.vault, clock, RetentionRules::Parse(Shipped()).value());
  ASSERT_TRUE(retention.Apply(world.trust, Request("r1")).ok());
  EXPECT_GE(clock.looks, 2);
  EXPECT_TRUE(world.store.FindPersonByCode(Sha256(world.florrie.code))->has_value());
  EXPECT_FALSE(world.store.FindPersonByCode(Sha256(world.wren.code))->has_value());
  EXPECT_EQ(world.Opens(world.store), 1U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(Retention, OfAnOrganisationThatWasTakenOverIsItsSuccessors) {
  RetentionWorld world;
  ApplyRetention retention = world.Applying();
  const OrganisationId& trust = world.trust.organisation;
  world.Pass(90);
  EXPECT_EQ(WordsOf(retention.Report(world.council, trust)), "not_found") << "not before its day";
  world.TakeOver(world.trust, world.council);
  EXPECT_EQ(WordsOf(retention.Report(world.trust)), "not_permitted");
  EXPECT_EQ(WordsOf(retention.Apply(world.trust, Request("r1"))), "not_permitted");
  EXPECT_EQ(WordsOf(retention.Report(world.registrar, trust)), "not_found");
  EXPECT_EQ(WordsOf(retention.Apply(world.registrar, Request("r2"), trust)), "not_found");
  EXPECT_EQ(world.Due(*retention.Report(world.council)), "") << "its own";
  EXPECT_EQ(world.Due(*retention.Report(world.council, trust)), "imports 1 of 1");
  ASSERT_TRUE(retention.Apply(world.council, Request("r3"), trust).ok());
  EXPECT_EQ(world.Due(*retention.Report(world.council, trust)), "");
  EXPECT_EQ(world.House(), "clean");
}

// The service ended after the keys were dropped and before old files were rewritten.
TEST(Retention, ItsTimerFinishesWhatAnErasureHasLeftInOldFiles) {
  RetentionWorld world;
  const std::vector<std::string> keys = world.FlorriesKeys();
  ASSERT_EQ(world.EraseFlorrie(world.trust), "ok");
  ASSERT_EQ(world.EraseSubject(world.council, world.florrie_subject), "ok");
  const std::string before = AllBytes(world.data());
  ASSERT_FALSE(keys.empty());
  EXPECT_THAT(before, HasSubstr(keys.front())) << "else looking for it proves nothing";
  ApplyRetention none(*world.rocks, *world.vault, world.clock, std::nullopt);
  ASSERT_EQ(*none.ApplyToAll(), 0U);
  const std::string after = AllBytes(world.data());
  for (const std::string& key : keys) EXPECT_EQ(after.find(key), std::string::npos);
}

TEST(Retention, WithoutRulesErasesNothingAndSaysSo) {
  RetentionWorld world;
  ApplyRetention none(world.store, *world.vault, world.clock, std::nullopt);
  world.Pass(40'000);
  EXPECT_EQ(WordsOf(none.Report(world.trust)), "not_found");
  EXPECT_EQ(*none.ApplyToAll(), 0U);
  EXPECT_EQ(world.Opens(world.store), 2U);
  EXPECT_EQ(WordsOf(world.Applying().Report(world.stranger)), "caller_unknown");
}

}  // namespace
}  // namespace passport
