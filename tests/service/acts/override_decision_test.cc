#include "passport-service/acts/override_decision.h"

#include <gtest/gtest.h>

#include "tests/service/acts/relying_world.h"

namespace passport {
namespace {

struct OverrideWorld : RelyingWorld {
  OverrideWorld() : holder(Hire("1001", "2023-03-01")) {
    const auto answer = Rely(council, holder);
    EXPECT_EQ(answer->decision->outcome, Outcome::kNotMet);
    reliance = answer->reliance;
  }
  OverrideDecision::Order Order(std::string_view request = "o1") {
    return OverrideOrder(council, request, reliance, clock.now + Seconds{86'400});
  }
  Holder holder;
  std::uint64_t reliance = 0;
};

TEST(OverrideDecision, StandsBesideTheDecisionAndChangesNothingOfIt) {
  OverrideWorld world;
  ASSERT_EQ(WordsOf(world.Overriding()(world.Order())), "ok");
  const auto again = world.Rely(world.council, world.holder);
  EXPECT_EQ(again->decision->outcome, Outcome::kNotMet) << "an override is no yes";
  ASSERT_EQ(again->overrides.size(), 1U);
  EXPECT_EQ(again->overrides[0].named_person, "Wren Example, ward manager");
  EXPECT_EQ(again->overrides[0].words, "Moves nobody alone until the course on Monday.");
  EXPECT_EQ(again->overrides[0].row.reason, "supervised_only");
  EXPECT_EQ(world.Reliances(world.council)[0].entry.outcome, "not_met");
  EXPECT_EQ(world.House(), "clean");
}

TEST(OverrideDecision, ExpiresAndStaysInTheReport) {
  OverrideWorld world;
  ASSERT_EQ(WordsOf(world.Overriding()(world.Order())), "ok");
  world.clock.now = world.clock.now + Seconds{86'399};
  world.PublishNow();
  EXPECT_EQ(world.Rely(world.council, world.holder)->overrides.size(), 1U);
  world.clock.now = world.clock.now + Seconds{1};
  EXPECT_TRUE(world.Rely(world.council, world.holder)->overrides.empty());
  const auto report = world.ReadingOverrides()(world.council, "", 0);
  ASSERT_EQ(report->rows.size(), 1U);
  EXPECT_EQ(report->rows[0].row.profile, "mover");
}

TEST(OverrideDecision, CountsForThisPersonRoleAndReceiverOnly) {
  OverrideWorld world;
  ASSERT_EQ(WordsOf(world.Overriding()(world.Order())), "ok");
  const auto other = world.Hire("1002", "2023-03-01");
  EXPECT_TRUE(world.Rely(world.council, other)->overrides.empty());
  EXPECT_TRUE(world.Rely(world.trust, world.holder)->overrides.empty());
  EXPECT_TRUE(world.Rely(world.council, world.holder, std::nullopt)->overrides.empty()) << "no role, nothing decided";
  EXPECT_TRUE(world.ReadingOverrides()(world.trust, "", 0)->rows.empty());
}

TEST(OverrideDecision, NeedsAPersonAReasonWordsAndAnEnd) {
  OverrideWorld world;
  const Instant now = world.clock.now;
  const struct {
    const char* what;
    std::function<void(OverrideDecision::Order&)> change;
    const char* expected;
  } rows[] = {
      {"nobody", [](auto& o) { o.named_person = ""; }, "field_invalid"},
      {"a name of 200 bytes", [](auto& o) { o.named_person = std::string(200, 'n'); }, "ok"},
      {"a name too long", [](auto& o) { o.named_person = std::string(201, 'n'); }, "field_invalid"},
      {"a name over lines", [](auto& o) { o.named_person = "a\nb"; }, "field_invalid"},
      {"no words", [](auto& o) { o.words = ""; }, "field_invalid"},
      {"words of 500 bytes", [](auto& o) { o.words = std::string(500, 'w'); }, "ok"},
      {"words too long", [](auto& o) { o.words = std::string(501, 'w'); }, "field_invalid"},
      {"another word for a reason", [](auto& o) { o.reason = "because"; }, "word_unknown"},
      {"no reason", [](auto& o) { o.reason = ""; }, "word_unknown"},
      {"an end now", [now](auto& o) { o.until = now; }, "field_invalid"},
      {"an end in 31 days", [now](auto& o) { o.until = now + kOverrideLengthMax; }, "ok"},
      {"an end after 31 days", [now](auto& o) { o.until = now + kOverrideLengthMax + Seconds{1}; }, "field_invalid"},
      {"no such decision", [](auto& o) { o.reliance = 99; }, "not_found"},
      {"another receiver's", [&](auto& o) { o.by = world.trust; }, "not_found"},
      {"a stranger's", [&](auto& o) { o.by = world.stranger; }, "caller_unknown"},
  };
  for (const auto& row : rows) {
    OverrideDecision::Order order = world.Order("r" + std::to_string(++world.requests));
    row.change(order);
    EXPECT_EQ(WordsOf(world.Overriding()(order)), row.expected) << row.what;
  }
  EXPECT_EQ(world.ReadingOverrides()(world.council, "", 0)->rows.size(), 3U);
}

TEST(OverrideDecision, IsForANotMetOrACannotTell) {
  OverrideWorld world;
  const auto good = world.Hire("1002");
  const auto override_of = [&](const Result<CheckPresentation::Answer>& answer) {
    OverrideDecision::Order order = world.Order("r" + std::to_string(++world.requests));
    order.reliance = answer->reliance;
    return WordsOf(world.Overriding()(order));
  };
  EXPECT_EQ(override_of(world.Rely(world.council, good)), "state_conflict") << "it was met";
  EXPECT_EQ(override_of(world.Rely(world.council, good, std::nullopt)), "state_conflict") << "no role";
  world.clock.now = world.clock.now + Seconds{901};
  const auto stale = world.Rely(world.council, good);
  ASSERT_EQ(stale->decision->outcome, Outcome::kCannotTell);
  EXPECT_EQ(override_of(stale), "ok");
}

TEST(OverrideDecision, IsAnsweredOnceForEachRequest) {
  OverrideWorld world;
  const OverrideDecision::Order order = world.Order();
  EXPECT_EQ(WordsOf(world.Overriding()(order)), "ok");
  EXPECT_EQ(WordsOf(world.Overriding()(order)), "ok");
  OverrideDecision::Order other = order;
  other.words = "Something else.";
  EXPECT_EQ(WordsOf(world.Overriding()(other)), "request_reused");
  EXPECT_EQ(world.ReadingOverrides()(world.council, "", 0)->rows.size(), 1U);
  EXPECT_EQ(world.Audited("decision.overridden", "done", "supervised_only"), 1U);
}

TEST(OverrideDecision, IsReportedPageByPage) {
  OverrideWorld world;
  for (int i = 0; i < 5; ++i) {
    OverrideDecision::Order order = world.Order("page-" + std::to_string(i));
    ASSERT_EQ(WordsOf(world.Overriding()(order)), "ok");
  }
  std::size_t seen = 0;
  std::string after;
  do {
    const auto page = world.ReadingOverrides()(world.council, after, 2);
    ASSERT_TRUE(page.ok());
    EXPECT_LE(page->rows.size(), 2U);
    seen += page->rows.size();
    after = page->next;
  } while (!after.empty());
  EXPECT_EQ(seen, 5U);
  EXPECT_EQ(WordsOf(world.ReadingOverrides()(world.stranger, "", 0)), "caller_unknown");
}

TEST(OverrideDecision, EachWriteThatGoesWrongLeavesTheHouseWhole) {
  using Failure = MemoryStore::Failure;
  for (const Failure& failure : {Failure{Failure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull},
                                 Failure{Failure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown},
                                 Failure{Failure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown}}) {
    OverrideWorld world;
    world.store.OnApply([failure, done = false](const Changes&) mutable -> std::optional<Failure> {
      if (std::exchange(done, true)) return std::nullopt;
      return failure;
    });
    static_cast<void>(world.Overriding()(world.Order()));
    EXPECT_EQ(world.House(), "clean");
    EXPECT_EQ(WordsOf(world.Overriding()(world.Order())), "ok");
    EXPECT_EQ(world.ReadingOverrides()(world.council, "", 0)->rows.size(), 1U);
    EXPECT_EQ(world.House(), "clean");
  }
}

TEST(OverrideDecision, WordsAndNamesAreSealedAndNotAudited) {
  OverrideWorld world;
  ASSERT_EQ(WordsOf(world.Overriding()(world.Order())), "ok");
  const std::string sealed = world.store.OverridesOf(world.council.organisation, "", 10)->rows[0].sealed_words;
  for (const char* const personal : {"Wren", "ward manager", "Monday"}) {
    EXPECT_EQ(sealed.find(personal), std::string::npos) << personal;
    EXPECT_EQ(world.AllAudited().find(personal), std::string::npos) << personal;
  }
}

}  // namespace
}  // namespace passport
