// Many callers at once: each commit whole, in some order, and the chain without gaps.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

#include "passport-service/check/check_house.h"
#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

void InThreads(std::uint32_t count, const std::function<void(std::uint32_t)>& work) {
  std::vector<std::thread> threads;
  for (std::uint32_t n = 0; n < count; ++n) threads.emplace_back(work, n);
  for (auto& thread : threads) thread.join();
}

TEST_P(StoreContract, OneOfManyEqualInsertsWins) {
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> done = 0;
    std::atomic<int> refused = 0;
    InThreads(16, [&](std::uint32_t) {
      const Outcome outcome = Apply(
          {AppendAudit{SampleAudit("enrol", "")}, AddPerson{SamplePerson(Person("person-" + std::to_string(round)))}});
      if (outcome == kDone) ++done;
      if (outcome == Refused(1, Reason::kAlreadyExists)) ++refused;
    });
    EXPECT_EQ(done, 1);
    EXPECT_EQ(refused, 15);
  }
  const auto report = CheckHouse(store());
  EXPECT_THAT(report->violations, ::testing::IsEmpty());
  EXPECT_EQ(report->audit_rows, 20U);
}

TEST_P(StoreContract, ManyCallersDoNotDisturbEachOther) {
  constexpr std::uint32_t kThreads = 32;
  constexpr std::uint32_t kStories = 10;
  std::atomic<int> bad = 0;
  InThreads(kThreads, [&](std::uint32_t thread) {
    const OrganisationId organisation = Organisation("ods:T" + std::to_string(thread));
    if (Apply(Found(organisation)) != kDone) ++bad;
    for (std::uint32_t n = 0; n < kStories; ++n) {
      const Story story{organisation, n};
      if (Apply(story.Intend()) != kDone) ++bad;
      // A refused commit of one does not stop the others of its group.
      if (Apply(story.Intend()) != Refused(0, Reason::kStateConflict)) ++bad;
      if (Apply(story.Issue()) != kDone) ++bad;
      if (!store().FindCredential(organisation, story.credential())->has_value()) ++bad;
    }
  });
  EXPECT_EQ(bad, 0);
  const auto report = CheckHouse(store());
  ASSERT_TRUE(report.ok());
  EXPECT_THAT(report->violations, ::testing::IsEmpty());
  EXPECT_EQ(report->credentials, kThreads * kStories);
  EXPECT_EQ(report->audit_rows, kThreads * (1 + 2 * kStories));
  EXPECT_EQ(report->events, kThreads * kStories);
}

TEST_P(StoreContract, ASharedCounterIsTakenByOneAtATime) {
  ASSERT_EQ(Apply(Found(trust_)), kDone);
  std::atomic<std::uint32_t> conflicts = 0;
  InThreads(8, [&](std::uint32_t) {
    for (int taken = 0; taken < 10;) {
      const std::uint32_t next = store().StatusListsOf(trust_)->front().next;
      const Outcome outcome = Apply(Story{trust_, next}.Intend());
      if (outcome == kDone) {
        ++taken;
      } else {
        EXPECT_EQ(outcome, Refused(0, Reason::kStateConflict));
        ++conflicts;
      }
    }
  });
  EXPECT_EQ(store().StatusListsOf(trust_)->front().next, 80U);
  EXPECT_EQ(store().Intents("", 100)->rows.size(), 80U);
  EXPECT_THAT(CheckHouse(store())->violations, ::testing::IsEmpty());
}

}  // namespace
}  // namespace passport::test
