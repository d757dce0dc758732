// Every write of issuing fails before it happened, and after it happened but was reported lost. Then the caller sends
// the same request again.
#include <gtest/gtest.h>

#include "tests/service/acts/acts_world.h"

namespace passport {
namespace {

using StoreFailure = MemoryStore::Failure;

constexpr StoreFailure kLostBefore{StoreFailure::When::kBefore, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
constexpr StoreFailure kLostAfter{StoreFailure::When::kAfter, CommitOutcome::kUnknown, Reason::kOutcomeUnknown};
constexpr StoreFailure kFull{StoreFailure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreFull};

std::string IssueOne(ActsWorld& world, std::string_view request) {
  const IssueCredentials::Order order = TrainingOrder(request, "1001");
  return WordsOf(world.Issuing()(world.trust, std::span(&order, 1))->front());
}

// The `at`-th write from now on fails so; `at` and all later ones when it lasts.
void FailAt(ActsWorld& world, int at, StoreFailure failure, bool lasts) {
  world.store.OnApply([at, failure, lasts, count = 0](const Changes&) mutable -> std::optional<StoreFailure> {
    const int now = count++;
    if (now == at || (lasts && now > at)) return failure;
    return std::nullopt;
  });
}

TEST(IssueFaults, EndsWithOneCredentialWhateverSingleWriteIsLost) {
  for (const StoreFailure& failure : {kLostBefore, kLostAfter}) {
    for (int at = 0; at < 3; ++at) {
      ActsWorld world;
      world.Enrol("1001");
      FailAt(world, at, failure, false);
      const std::string first = IssueOne(world, "r1");
      world.store.OnApply({});
      EXPECT_EQ(IssueOne(world, "r1"), "ok") << at << " after " << first;
      EXPECT_EQ(world.CredentialsOf(world.trust), 1U) << at;
      EXPECT_EQ(world.store.Intents("", 10)->rows.size(), 0U) << at;
      EXPECT_EQ(world.House(), "clean") << at;
    }
  }
}

TEST(IssueFaults, AcknowledgesNothingThatIsNotKept) {
  for (const StoreFailure& failure : {kLostBefore, kFull}) {
    for (int at = 0; at < 3; ++at) {
      ActsWorld world;
      world.Enrol("1001");
      FailAt(world, at, failure, true);
      EXPECT_NE(IssueOne(world, "r1"), "ok") << at;
      EXPECT_EQ(world.CredentialsOf(world.trust), 0U);
      world.store.OnApply({});
      // What the attempt left behind is voided by the next one; no restart is needed.
      EXPECT_EQ(IssueOne(world, "r1"), "ok") << at;
      EXPECT_EQ(world.CredentialsOf(world.trust), 1U);
      EXPECT_EQ(world.House(), "clean");
    }
  }
}

TEST(IssueFaults, SaysStoreFullWhenItIs) {
  ActsWorld world;
  world.Enrol("1001");
  FailAt(world, 1, kFull, true);
  EXPECT_EQ(IssueOne(world, "r1"), "store_full");
}

TEST(IssueFaults, RetriesWhatThePortSaysMayBeRetried) {
  ActsWorld world;
  world.Enrol("1001");
  for (int at = 0; at < 3; ++at) {
    FailAt(world, at, {StoreFailure::When::kBefore, CommitOutcome::kRetry, Reason::kStoreUnavailable}, false);
    EXPECT_EQ(IssueOne(world, "r" + std::to_string(at)), "ok");
  }
  world.store.OnApply({});
  EXPECT_EQ(world.House(), "clean");
}

TEST(Reconcile, VoidsEveryIntentThatACrashLeft) {
  ActsWorld world;
  world.Enrol("1001");
  FailAt(world, 2, kLostBefore, true);  // intent kept, credential never
  EXPECT_NE(IssueOne(world, "r1"), "ok");
  world.store.OnApply({});
  ASSERT_EQ(world.store.Intents("", 10)->rows.size(), 1U);
  const Slot slot = world.store.Intents("", 10)->rows[0].slot;
  const Result<std::size_t> voided = Reconcile(world.store, world.clock);
  ASSERT_TRUE(voided.ok());
  EXPECT_EQ(*voided, 1U);
  EXPECT_EQ(world.EntriesOfPeople(world.trust.organisation), 1U);
  EXPECT_EQ(world.EntryOf(slot), 1) << "a signature that may have been made is worth nothing";
  EXPECT_EQ(world.Audited("credential.issue.voided", "interrupted"), 1U);
  EXPECT_EQ(*Reconcile(world.store, world.clock), 0U);
  EXPECT_EQ(world.House(), "clean");
}

}  // namespace
}  // namespace passport
