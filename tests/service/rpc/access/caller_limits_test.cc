// A greedy organisation slows itself down, not its neighbours.
#include "passport-service/rpc/caller_limits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <map>
#include <thread>

#include "tests/service/rpc/wire_world.h"

namespace passport {
namespace {

using std::chrono::milliseconds;
using Kind = CallerLimits::Kind;

const CallerLimits::Time kStart{std::chrono::hours(1)};

CallerShare SmallShare() {
  return {
      .calls_per_s = 10, .calls_burst = 5, .bytes_per_s = 1000, .bytes_burst = 2000, .calls_max = 3, .streams_max = 2};
}

int Made(CallerLimits& limits, const std::string& caller, int tries, CallerLimits::Time now) {
  int made = 0;
  for (int i = 0; i < tries; ++i) made += limits.Enter(caller, Kind::kCall, now).ok() ? 1 : 0;
  return made;
}

TEST(CallerLimits, ABucketEmptiesAtOnceAndFillsWithTime) {
  CallerLimits limits(SmallShare());
  EXPECT_EQ(Made(limits, "a", 9, kStart), 5);
  EXPECT_EQ(Made(limits, "a", 9, kStart + milliseconds(99)), 0);
  EXPECT_EQ(Made(limits, "a", 9, kStart + milliseconds(301)), 3);
  EXPECT_EQ(Made(limits, "a", 9, kStart + std::chrono::hours(9)), 5) << "no more than the bucket holds";
  EXPECT_EQ(Made(limits, "a", 9, kStart), 0) << "a clock that goes back gives nothing";
  EXPECT_EQ(Made(limits, "b", 9, kStart), 5) << "somebody else's bucket";
}

TEST(CallerLimits, PlacesAreGivenBack) {
  CallerLimits limits(SmallShare());
  {
    auto first = limits.Enter("a", Kind::kStream, kStart);
    auto second = limits.Enter("a", Kind::kStream, kStart);
    ASSERT_TRUE(first.ok() && second.ok());
    const auto third = limits.Enter("a", Kind::kStream, kStart);
    ASSERT_FALSE(third.ok());
    EXPECT_EQ(third.fault().reason, Reason::kBusy);
    EXPECT_TRUE(limits.Enter("a", Kind::kCall, kStart).ok()) << "calls have places of their own";
    EXPECT_TRUE(limits.Enter("b", Kind::kStream, kStart).ok());
  }
  EXPECT_TRUE(limits.Enter("a", Kind::kStream, kStart + std::chrono::seconds(1)).ok());
}

TEST(CallerLimits, BytesAreOwedAndPaidWithTime) {
  CallerLimits limits(SmallShare());
  EXPECT_EQ(limits.Spend("a", 2000, kStart), milliseconds(0));
  EXPECT_EQ(limits.Spend("a", 500, kStart), milliseconds(501));
  EXPECT_EQ(Made(limits, "a", 1, kStart + milliseconds(400)), 0);
  EXPECT_EQ(Made(limits, "a", 1, kStart + milliseconds(501)), 1);
  EXPECT_EQ(Made(limits, "b", 1, kStart), 1);
}

TEST(CallerLimits, IdleAccountsAreForgottenAndOpenOnesAreNot) {
  CallerLimits limits(SmallShare());
  const auto open = limits.Enter("open-1", Kind::kStream, kStart);
  const auto also_open = limits.Enter("open-1", Kind::kStream, kStart);
  for (int i = 0; i < 10'000; ++i) EXPECT_EQ(Made(limits, std::to_string(i), 1, kStart + std::chrono::seconds(i)), 1);
  EXPECT_FALSE(limits.Enter("open-1", Kind::kStream, kStart + std::chrono::hours(9)).ok());
}

TEST(CallerLimits, WhoAsksForWhatItMayNotIsSoonNotHeard) {
  CallerShare share = SmallShare();
  share.calls_burst = 1000;
  share.refused_burst = 3;
  CallerLimits limits(share);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(limits.CheckRefusals("a", kStart).ok());
    limits.NoteRefused("a", kStart);
  }
  EXPECT_EQ(limits.CheckRefusals("a", kStart).fault().reason, Reason::kBusy);
  EXPECT_EQ(Made(limits, "a", 1, kStart), 1) << "whoever proves who they are is asked nothing";
  EXPECT_TRUE(limits.CheckRefusals("a", kStart + std::chrono::seconds(1)).ok());
  EXPECT_TRUE(limits.CheckRefusals("b", kStart).ok());
}

TEST(CallerLimits, ACertificateThatMayNotCallTakesNothingFromTheOrganisationItNames) {
  ServerLimits limits;
  limits.share.calls_per_s = 1e-3;
  limits.share.calls_burst = 20;
  limits.share.refused_burst = 5;
  WireWorld world(limits);
  world.Settle();
  const auto ask = [](const std::shared_ptr<grpc::Channel>& channel) {
    v1::CreateChallengeResponse response;
    return v1::VerifierService::NewStub(channel)->CreateChallenge(Soon(5).get(), {}, &response);
  };
  const auto taken = world.Connect(world.OddClient("URI:spiffe://staff-passport/org/ods:X0V/sys/hr", "clientAuth"));
  std::map<std::string, int> words;
  for (int i = 0; i < 30; ++i) ++words[ErrorWord(ask(taken))];
  EXPECT_EQ(words, (std::map<std::string, int>{{"BUSY", 25}, {"CALLER_UNKNOWN", 5}}));
  EXPECT_TRUE(ask(world.Connect(kReceiver)).ok());
  std::size_t rows = 0;
  const Result<Page<AuditRow>> page = world.store().AuditRows(0, 10'000);
  for (const AuditRow& row : page->rows) rows += row.entry.action == "call.refused" ? 1U : 0U;
  EXPECT_EQ(rows, 6U) << "and does not fill the trail";
}

TEST(CallerLimits, ARefusalIsWorthTellingOnceAMinute) {
  CallerLimits limits(SmallShare());
  EXPECT_TRUE(limits.WorthTelling("a", kStart));
  EXPECT_FALSE(limits.WorthTelling("a", kStart + std::chrono::seconds(59)));
  EXPECT_TRUE(limits.WorthTelling("b", kStart));
  EXPECT_TRUE(limits.WorthTelling("a", kStart + std::chrono::seconds(61)));
}

struct Served {
  int done = 0;
  int busy = 0;
  std::vector<double> milliseconds = {};
  double Median() {
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds.at(milliseconds.size() / 2);
  }
  double Worst() { return *std::max_element(milliseconds.begin(), milliseconds.end()); }
};

void AskOnce(v1::VerifierService::Stub& stub, Served& served) {
  v1::CreateChallengeResponse response;
  const auto begun = std::chrono::steady_clock::now();
  const grpc::Status status = stub.CreateChallenge(Soon().get(), {}, &response);
  served.milliseconds.push_back(
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
  if (status.ok()) ++served.done;
  if (ErrorWord(status) == "BUSY") {
    ++served.busy;
    EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  }
}

TEST(CallerLimits, AGreedyCallerUnderLoadIsRefusedAndItsNeighbourIsNot) {
  constexpr int kNeighbourCalls = 150;
  ServerLimits limits;
  limits.share.calls_per_s = 100;
  limits.share.calls_burst = 200;
  limits.share.calls_max = 2;
  WireWorld world(limits);
  world.Settle();
  const auto neighbour = v1::VerifierService::NewStub(world.Connect(kReceiver));
  Served alone;
  for (int i = 0; i < 20; ++i) AskOnce(*neighbour, alone);
  std::atomic<bool> over = false;
  std::vector<Served> greedy(6);
  const ClientIdentity employer = world.Client(kEmployer);
  Served beside;
  const auto begun = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> callers;
    for (Served& mine : greedy) {
      callers.emplace_back([&] {
        const auto stub = v1::VerifierService::NewStub(world.Connect(employer));
        while (!over) AskOnce(*stub, mine);
      });
    }
    for (int i = 0; i < kNeighbourCalls; ++i) AskOnce(*neighbour, beside);
    over = true;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  Served all;
  for (const Served& one : greedy) {
    all.done += one.done;
    all.busy += one.busy;
  }
  std::cout << "neighbour: alone " << alone.Median() << " ms, beside the greedy one " << beside.Median()
            << " ms, worst " << beside.Worst() << " ms; greedy: " << all.done << " answered, " << all.busy
            << " refused in " << seconds << " s\n";
  EXPECT_EQ(beside.done, kNeighbourCalls) << "nobody else pays for it";
  EXPECT_GT(all.busy, 0);
  EXPECT_LE(all.done, limits.share.calls_burst + limits.share.calls_per_s * seconds + 1);
  // A row for the certificate and one for its organisation, not one for each call.
  int told = 0;
  const auto audited = world.store().AuditRows(0, 100'000);
  for (const AuditRow& row : audited->rows) told += row.entry.outcome == "busy" ? 1 : 0;
  EXPECT_GE(told, 1);
  EXPECT_LE(told, 2 * (1 + static_cast<int>(seconds / 60)));
}

}  // namespace
}  // namespace passport
