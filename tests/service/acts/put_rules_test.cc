#include "passport-service/acts/put_rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

constexpr RuleKind kTaxonomy = RuleKind::kTaxonomy;
constexpr RuleKind kProfile = RuleKind::kRoleProfile;

// A taxonomy of one course at the levels "1,2".
std::string Course(std::string_view word, std::string_view levels, int version = 1,
                   std::string_view effective_from = "2026-01-01") {
  return R"({"id":"local-courses","version":)" + std::to_string(version) + R"(,"title":"Local","effective_from":")" +
         std::string(effective_from) + R"(","subjects":[{"word":")" + std::string(word) +
         R"(","label":"A course","framework":"local","levels":[)" + std::string(levels) +
         R"(],"higher_covers_lower":true}]})";
}

std::string Needing(std::string_view course, int level, int version = 1,
                    std::string_view effective_from = "2026-01-01") {
  return R"({"id":"porter","version":)" + std::to_string(version) + R"(,"title":"Porter","effective_from":")" +
         std::string(effective_from) +
         R"(","expiring_within_days":30,"requirements":[{"id":"course","needs":"a course","any_of":[{"training":")" +
         std::string(course) + R"(","level":)" + std::to_string(level) + R"(,"within_months":12}]}]})";
}

// The trust's own: moving and handling of the last 12 months.
std::string LocalMover(std::string_view organisation = "ods:RC9", int months = 12, std::string_view base = "mover") {
  return R"({"id":"rc9-mover","version":1,"title":"Mover at the trust","effective_from":"2026-01-01",
    "expiring_within_days":30,"organisation":")" +
         std::string(organisation) + R"(","extends":{"profile":")" + std::string(base) +
         R"("},"requirements":[{"id":"moving","needs":"moving and handling of the last year","any_of":[
    {"training":"moving_and_handling","level":2,"within_months":)" +
         std::to_string(months) + "}]}]}";
}

struct RulesWorld : ActsWorld {
  RulesWorld() { PutTaxonomies(); }
  const RoleProfile* InForce(const std::string& id, const std::string& day) {
    PublishNow();
    book = trust_in_force.Get().rules;
    const auto found = book->InForce(id, CivilDay::Parse(day).value(), clock.now);
    return found.ok() ? *found : nullptr;
  }
  std::shared_ptr<const RuleBook> book;
};

TEST(PutRules, PutsTheShippedRulesInForce) {
  RulesWorld world;
  std::size_t put = 0;
  for (const auto& file : std::filesystem::directory_iterator("rules/profiles")) {
    std::ifstream in(file.path());
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    EXPECT_EQ(world.Put(world.registrar, kProfile, text), "ok") << file.path();
    ++put;
  }
  EXPECT_EQ(put, 11U);
  world.PublishNow();
  EXPECT_EQ(world.trust_in_force.Get().rules->ProfileIds().size(), 11U);
  EXPECT_EQ(world.House(), "clean");
}

TEST(PutRules, CountsVersionsWithoutAGapAndKeepsTheirOrderOfDays) {
  RulesWorld world;
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile(1, "2026-06-01", 24)), "ok");
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile(1, "2026-06-01", 36)), "state_conflict");
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile(3, "2026-06-01", 36)), "state_conflict");
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile(2, "2026-05-31", 36)), "field_invalid");
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile(2, "2026-12-01", 12)), "ok");
  EXPECT_EQ(world.InForce("mover", "2026-05-31"), nullptr);
  EXPECT_EQ(world.InForce("mover", "2026-11-30")->version(), 1);
  EXPECT_EQ(world.InForce("mover", "2026-12-01")->version(), 2);
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 4, "2026-06-01")), "ok")
      << "agreed elsewhere before";
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 4, "2026-06-01")), "state_conflict");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 5, "2026-05-01")), "field_invalid");
  EXPECT_EQ(world.House(), "clean");
}

TEST(PutRules, AnswersARepeatedRequestOnceAndRefusesAReusedOne) {
  RulesWorld world;
  const auto put = [&](const std::string& request, const std::string& text) {
    return WordsOf(world.PuttingRules()({world.registrar, Request(request), kProfile, text}));
  };
  EXPECT_EQ(put("a", MoverProfile()), "ok");
  EXPECT_EQ(put("a", MoverProfile()), "ok") << "the same again";
  EXPECT_EQ(put("a", MoverProfile(2)), "request_reused");
  EXPECT_EQ(world.store.DocumentVersions("profile/")->size(), 1U);
}

TEST(PutRules, RegionalRulesAreTheRegistrars) {
  RulesWorld world;
  EXPECT_EQ(world.Put(world.trust, kProfile, MoverProfile()), "not_permitted");
  EXPECT_EQ(world.Put(world.trust, kTaxonomy, Course("bell_ringing", "1")), "not_permitted");
  EXPECT_EQ(world.Put(world.stranger, kProfile, MoverProfile()), "caller_unknown");
  EXPECT_EQ(world.Withdraw(world.trust, kTaxonomy, "training", 1), "not_permitted");
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile()), "ok");
  EXPECT_EQ(world.Withdraw(world.trust, kProfile, "mover", 1), "not_permitted");
}

TEST(PutRules, AnEmployerPutsItsOwnProfileAndNobodyElses) {
  RulesWorld world;
  ASSERT_EQ(world.Put(world.registrar, kProfile, MoverProfile()), "ok");
  EXPECT_EQ(world.Put(world.council, kProfile, LocalMover()), "not_permitted") << "it is the trust's";
  EXPECT_EQ(world.Put(world.registrar, kProfile, LocalMover()), "not_permitted") << "also for the registrar";
  EXPECT_EQ(world.Put(world.trust, kProfile, LocalMover()), "ok");
  std::string taken = LocalMover("ons:E06000032");
  taken.replace(taken.find("\"version\":1"), 11, "\"version\":2");
  EXPECT_EQ(world.Put(world.council, kProfile, taken), "not_permitted") << "the id is the trust's";
  EXPECT_EQ(world.Withdraw(world.council, kProfile, "rc9-mover", 1), "not_permitted");
  EXPECT_EQ(world.Put(world.trust, kProfile, LocalMover("ods:RC9", 12, "no-such-base")), "state_conflict")
      << "its next version is 2";
  EXPECT_EQ(world.Withdraw(world.trust, kProfile, "rc9-mover", 1), "ok");
}

TEST(PutRules, ALocalProfileIsStricterByConstruction) {
  RulesWorld world;
  ASSERT_EQ(world.Put(world.registrar, kProfile, MoverProfile()), "ok");
  // It asks for less, and gets more: both must be met.
  ASSERT_EQ(world.Put(world.trust, kProfile, LocalMover("ods:RC9", 60)), "ok");
  const RoleProfile* const local = world.InForce("rc9-mover", "2026-11-21");
  ASSERT_NE(local, nullptr);
  ASSERT_EQ(local->requirements().size(), 1U);
  const Need& need = local->requirements()[0].need;
  EXPECT_EQ(need.form, Need::Form::kAllOf);
  EXPECT_EQ(need.children.size(), 2U);
}

TEST(PutRules, RefusesWhatNamesTheUnknownOrMeansNothing) {
  RulesWorld world;
  EXPECT_EQ(world.Put(world.registrar, kProfile, "{}"), "field_invalid");
  EXPECT_EQ(world.Put(world.registrar, kProfile, "not JSON"), "malformed");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, "{}"), "field_invalid");
  EXPECT_EQ(world.Put(world.registrar, kProfile, Needing("underwater_basketry", 1)), "field_invalid");
  EXPECT_EQ(world.Put(world.registrar, kProfile, Needing("moving_and_handling", 9)), "field_invalid");
  EXPECT_EQ(world.Put(world.trust, kProfile, LocalMover("ods:RC9", 12, "no-such-base")), "field_invalid");
  EXPECT_EQ(world.Put(world.trust, kProfile, LocalMover("ods:RC9", 12, "rc9-mover")), "field_invalid") << "itself";
  EXPECT_EQ(world.store.DocumentVersions("profile/")->size(), 0U);
  const auto refused =
      world.PuttingRules()({world.registrar, Request("where"), kProfile, Needing("underwater_basketry", 1)});
  EXPECT_NE(refused.fault().detail.find("requirement course"), std::string::npos) << refused.fault().detail;
}

TEST(PutRules, ATaxonomyMustNotTakeAwayWhatAProfileNeeds) {
  RulesWorld world;
  ASSERT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1,2")), "ok");
  ASSERT_EQ(world.Put(world.registrar, kProfile, Needing("bell_ringing", 2)), "ok");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("knot_tying", "1,2", 2)), "state_conflict");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 2)), "state_conflict");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("moving_and_handling", "1", 2)), "field_invalid")
      << "the word is in another file";
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1,2,3", 2)), "ok");
  // Once the profile has moved on, the course may go.
  ASSERT_EQ(world.Put(world.registrar, kProfile, Needing("moving_and_handling", 2, 2, "2027-01-01")), "ok");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("knot_tying", "1", 3, "2026-12-01")), "state_conflict");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("knot_tying", "1", 3, "2027-01-01")), "ok");
}

TEST(PutRules, AWithdrawnVersionLeavesTheOneBeforeItInForce) {
  RulesWorld world;
  ASSERT_EQ(world.Put(world.registrar, kProfile, MoverProfile(1)), "ok");
  ASSERT_EQ(world.Put(world.registrar, kProfile, MoverProfile(2)), "ok");
  EXPECT_EQ(world.InForce("mover", "2026-11-21")->version(), 2);
  EXPECT_EQ(world.Withdraw(world.registrar, kProfile, "mover", 3), "not_found");
  EXPECT_EQ(world.Withdraw(world.registrar, kProfile, "porter", 1), "not_found");
  EXPECT_EQ(world.Withdraw(world.registrar, kProfile, "mover", 2), "ok");
  EXPECT_EQ(world.Withdraw(world.registrar, kProfile, "mover", 2), "ok") << "twice is once";
  EXPECT_EQ(world.InForce("mover", "2026-11-21")->version(), 1);
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile(2)), "state_conflict") << "its number is gone";
  EXPECT_EQ(world.Withdraw(world.registrar, kProfile, "mover", 1), "ok");
  EXPECT_EQ(world.InForce("mover", "2026-11-21"), nullptr);
  EXPECT_EQ(world.House(), "clean");
}

TEST(PutRules, TheOnlyVersionOfATaxonomyStays) {
  RulesWorld world;
  EXPECT_EQ(world.Withdraw(world.registrar, kTaxonomy, "training", 1), "state_conflict");
  ASSERT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 1)), "ok");
  ASSERT_EQ(world.Put(world.registrar, kTaxonomy, Course("knot_tying", "1", 2)), "ok");
  EXPECT_EQ(world.Withdraw(world.registrar, kTaxonomy, "local-courses", 2), "ok");
  EXPECT_EQ(world.Withdraw(world.registrar, kTaxonomy, "local-courses", 1), "state_conflict");
  world.PublishNow();
}

TEST(PutRules, ACallUnderWayKeepsTheRulesItTook) {
  RulesWorld world;
  ASSERT_EQ(world.Put(world.registrar, kProfile, MoverProfile(1)), "ok");
  ASSERT_EQ(world.Put(world.registrar, kProfile, MoverProfile(2)), "ok");
  world.PublishNow();
  // A roster is being checked: it has taken what is in force.
  const Known known = FindKnown(world.trust_in_force).value();
  const CivilDay day = CivilDay::Parse("2026-11-21").value();
  ASSERT_EQ(known.rules->InForce("mover", day, world.clock.now).value()->version(), 2);
  ASSERT_EQ(world.Withdraw(world.registrar, kProfile, "mover", 2), "ok");
  world.PublishNow();
  EXPECT_EQ(known.rules->InForce("mover", day, world.clock.now).value()->version(), 2) << "the roster goes on with it";
  EXPECT_EQ(FindKnown(world.trust_in_force)->rules->InForce("mover", day, world.clock.now).value()->version(), 1);
}

// The registry takes versions up to 999999: one above would stop every later publication.
TEST(PutRules, NoVersionIsTakenThatCanNotBePublished) {
  RulesWorld world;
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 1'000'000)), "field_invalid");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 999'999)), "ok");
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok");
  EXPECT_EQ(world.Put(world.registrar, kTaxonomy, Course("bell_ringing", "1", 1'000'000)), "field_invalid");
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok");
}

// Puts versions of a profile past the act: `from` to `to`.
void Fill(RulesWorld& world, const std::string& text, std::uint64_t to) {
  for (std::uint64_t version = 1; version <= to; ++version) {
    std::string one = text;
    one.replace(one.find("\"version\":1"), 11, "\"version\":" + std::to_string(version));
    const std::string id = one.substr(7, one.find('"', 7) - 7);
    ASSERT_EQ(world.store.Apply({PutDocument{{"profile/" + id, version, one, world.clock.now, {}}}}).outcome,
              CommitOutcome::kDone);
  }
}

TEST(PutRules, NobodyFillsTheRegistryForTheOthers) {
  RulesWorld world;
  ASSERT_EQ(world.Put(world.registrar, kProfile, MoverProfile()), "ok");
  Fill(world, LocalMover(), 200);
  std::string next = LocalMover();
  next.replace(next.find("\"version\":1"), 11, "\"version\":201");
  EXPECT_EQ(world.Put(world.trust, kProfile, next), "limit");
  std::string other = LocalMover("ons:E06000032");
  other.replace(other.find("rc9-mover"), 9, "council-1");
  EXPECT_EQ(world.Put(world.council, kProfile, other), "ok");
  Fill(world, Needing("moving_and_handling", 2), 8'799);
  std::string second = other;
  second.replace(second.find("council-1"), 9, "council-2");
  EXPECT_EQ(world.Put(world.council, kProfile, second), "limit") << "what is left is the region's";
  EXPECT_EQ(world.Put(world.registrar, kProfile, MoverProfile(2)), "ok");
  EXPECT_EQ(WordsOf(world.Publishing()()), "ok");
}

TEST(PutRules, EachWriteThatGoesWrongLeavesTheHouseWhole) {
  using Failure = MemoryStore::Failure;
  for (const Failure& failure : {Failure{Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreUnavailable},
                                 Failure{Failure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown},
                                 Failure{Failure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown}}) {
    RulesWorld world;
    const PutRules::Order put{world.registrar, Request("put"), kProfile, MoverProfile()};
    const PutRules::Withdrawal withdraw{world.registrar, Request("withdraw"), kProfile, "mover", 1};
    const auto once = [failure, done = false](const Changes&) mutable -> std::optional<Failure> {
      if (std::exchange(done, true)) return std::nullopt;
      return failure;
    };
    world.store.OnApply(once);
    const std::string first = WordsOf(world.PuttingRules()(put));
    EXPECT_TRUE(first == "ok" || first == WordOf(failure.reason)) << first;
    EXPECT_EQ(world.House(), "clean");
    EXPECT_EQ(WordsOf(world.PuttingRules()(put)), "ok");
    world.store.OnApply(once);
    static_cast<void>(world.PuttingRules().Withdraw(withdraw));
    EXPECT_EQ(WordsOf(world.PuttingRules().Withdraw(withdraw)), "ok");
    EXPECT_EQ(world.store.DocumentVersions("profile/")->size(), 1U);
    EXPECT_EQ(world.Audited("profile.put", "done"), 1U);
    EXPECT_EQ(world.House(), "clean");
  }
}

}  // namespace
}  // namespace passport
