// Power is cut in the middle of concurrent commits, again and again: nothing acknowledged is lost, nothing is half
// done.
//
// A process that is only killed keeps its page cache and proves nothing about syncing; here every byte that was not
// synced is gone, and the control shows that a store which does not sync fails this test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>
#include <vector>

#include "passport-service/check/check_house.h"
#include "tests/service/store/store_fixture.h"
#include "tests/support/fault_file_system.h"

namespace passport::test {
namespace {

constexpr std::uint32_t kThreads = 4;

// What one thread was told. The stories of a thread follow each other, so three numbers say it all.
struct Told {
  OrganisationId organisation;
  std::uint32_t intended = 0;  // stories below have a durable intent or more
  std::uint32_t issued = 0;
  std::uint32_t revoked = 0;
  bool founded = false;
  bool unknown = false;  // the last commit has an unknown outcome
};

RocksOptions Options(const ScratchFolder& folder, const std::shared_ptr<FaultFileSystem>& disk) {
  RocksOptions options = TestOptions(folder / "store");
  options.write_buffer_bytes = std::uint64_t{64} << 10;  // flushes and compactions are cut in two as well
  options.file_system = disk;
  return options;
}

// An organisation with an import that is being staged.
Changes FoundWithImport(const OrganisationId& organisation) {
  Changes changes = Found(organisation);
  changes.emplace_back(AddImport{SampleImport(organisation, "i")});
  return changes;
}

// The last batch of a story: with it a draft is staged and somebody relies on what stood until then.
Changes RevokeAndRely(const Story& story) {
  Changes changes = story.Revoke();
  changes.emplace_back(PutDraft{SampleDraft(SampleImport(story.organisation, "i"), story.number)});
  changes.emplace_back(AppendReliance{SampleReliance(story.organisation, "a")});
  return changes;
}

// Goes on with its stories until a commit does not succeed.
void Work(Store& store, Told& told) {
  const auto apply = [&](const Changes& changes) {
    const Commit commit = store.Apply(changes);
    EXPECT_NE(commit.outcome, CommitOutcome::kRefused);
    told.unknown = commit.outcome == CommitOutcome::kUnknown;
    return commit.outcome == CommitOutcome::kDone;
  };
  if (!told.founded) {
    if (!apply(FoundWithImport(told.organisation))) return;
    told.founded = true;
  }
  for (;;) {
    const Story story{told.organisation, told.intended};
    if (!apply(story.Intend())) return;
    ++told.intended;
    if (!apply(story.Issue())) return;
    ++told.issued;
    if (story.number % 4 != 0) continue;
    if (!apply(RevokeAndRely(story))) return;
    told.revoked = story.number + 1;
  }
}

// Whether everything the thread was told is there; at most the commit it was not told about may be there besides.
bool HasAllOf(Store& store, const Told& told) {
  const auto person = store.FindPerson(Story{told.organisation, 0}.person());
  if (!person.ok() || (told.founded && !person->has_value())) return false;
  for (std::uint32_t n = 0; n < told.intended; ++n) {
    const Story story{told.organisation, n};
    const auto intent = store.FindIntent(told.organisation, story.request());
    const auto credential = store.FindCredential(told.organisation, story.credential());
    const auto answer = store.FindAnswer(told.organisation, story.request());
    if (!intent.ok() || !credential.ok() || !answer.ok()) return false;
    if (n < told.issued ? !credential->has_value() : !intent->has_value() && !credential->has_value()) return false;
    // Not half: an intent, or a credential with its answer.
    if (credential->has_value() != answer->has_value() || intent->has_value() == credential->has_value()) return false;
    if (n % 4 != 0 || !credential->has_value()) continue;
    const bool revoked = (*credential)->state == CredentialState::kRevoked;
    if (n < told.revoked && !revoked) return false;
    // The draft and the link came in the same batch.
    const auto draft = store.FindDraft(told.organisation, Request("i"), n, 0);
    const auto reliance = store.FindReliance(told.organisation, n / 4 + 1);
    if (!draft.ok() || !reliance.ok()) return false;
    if (draft->has_value() != revoked || reliance->has_value() != revoked) return false;
  }
  return true;
}

// Brings what a thread was told up to what the store has: as a service resolves unknown outcomes.
void Resolve(Store& store, Told& told) {
  const auto has_intent = [&] {
    const Story story{told.organisation, told.intended};
    return store.FindIntent(told.organisation, story.request())->has_value();
  };
  if (!told.founded) told.founded = store.FindOrganisation(told.organisation)->has_value();
  if (told.unknown && told.founded && told.intended == told.issued && has_intent()) ++told.intended;
  while (told.issued < told.intended) {
    const Story story{told.organisation, told.issued};
    const bool there = store.FindCredential(told.organisation, story.credential())->has_value();
    if (!there) {
      ASSERT_EQ(store.Apply(story.Issue()).outcome, CommitOutcome::kDone);
    }
    ++told.issued;
  }
  // The newest story to be revoked may have been cut off before it was.
  if (told.issued > 0 && (told.issued - 1) % 4 == 0 && told.revoked < told.issued) {
    const Story story{told.organisation, told.issued - 1};
    const auto row = store.FindCredential(told.organisation, story.credential());
    if ((*row)->state == CredentialState::kCurrent) {
      ASSERT_EQ(store.Apply(RevokeAndRely(story)).outcome, CommitOutcome::kDone);
    }
    told.revoked = told.issued;
  }
  told.unknown = false;
}

// One life of a store: opened, used by several threads, cut off. Returns whether it opened.
bool Live(const ScratchFolder& folder, const std::shared_ptr<FaultFileSystem>& disk, std::vector<Told>& told,
          std::mt19937_64& chance) {
  auto store = RocksStore::Open(Options(folder, disk));
  if (!store.ok()) return false;
  for (auto& one : told) Resolve(**store, one);
  std::vector<std::thread> threads;
  for (auto& one : told) threads.emplace_back([&one, &store] { Work(**store, one); });
  std::this_thread::sleep_for(std::chrono::microseconds(500 + chance() % 15000));
  disk->CutPower();
  for (auto& thread : threads) thread.join();
  store->reset();
  disk->LoseUnsynced(chance);
  return true;
}

std::vector<Told> NewTold() {
  std::vector<Told> told;
  for (std::uint32_t n = 0; n < kThreads; ++n)
    told.push_back({.organisation = Organisation("ods:P" + std::to_string(n))});
  return told;
}

// A disk that goes on from cut to cut, twenty times.
void CutTwentyTimes(unsigned seed) {
  std::mt19937_64 chance(seed);
  const ScratchFolder folder;
  const auto disk = std::make_shared<FaultFileSystem>();
  ASSERT_TRUE(RocksStore::Open(Options(folder, disk)).ok());
  std::vector<Told> told = NewTold();
  for (int cut = 0; cut < 20; ++cut) {
    ASSERT_TRUE(Live(folder, disk, told, chance)) << "does not open before cut " << cut;
    const auto store = RocksStore::Open(Options(folder, disk));
    ASSERT_TRUE(store.ok()) << "does not open after cut " << cut << ": " << store.fault().detail;
    for (const auto& one : told) EXPECT_TRUE(HasAllOf(**store, one)) << "after cut " << cut;
    const auto report = CheckHouse(**store);
    ASSERT_TRUE(report.ok()) << report.fault().detail;
    EXPECT_THAT(report->violations, ::testing::IsEmpty()) << "after cut " << cut;
  }
  std::uint32_t issued = 0;
  for (const auto& one : told) issued += one.issued;
  EXPECT_GT(issued, 50U);
}

// RocksDB waits a second after each flush that fails, so the disks take turns at waiting.
TEST(PowerCut, NothingAcknowledgedIsLostInTwoHundredCuts) {
  rocksdb::Env::Default()->SetBackgroundThreads(16, rocksdb::Env::Priority::HIGH);
  rocksdb::Env::Default()->SetBackgroundThreads(16, rocksdb::Env::Priority::LOW);
  std::vector<std::thread> disks;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    disks.emplace_back([seed] {
      SCOPED_TRACE("seed " + std::to_string(seed));
      CutTwentyTimes(seed);
    });
  }
  for (auto& disk : disks) disk.join();
}

// The control: with syncs of the log that are none, the same test must find losses.
TEST(PowerCut, AStoreThatDoesNotSyncLosesWhatItAcknowledged) {
  std::mt19937_64 chance(1);
  int losses = 0;
  for (int cut = 0; cut < 10; ++cut) {
    const ScratchFolder folder;
    const auto disk = std::make_shared<FaultFileSystem>();
    ASSERT_TRUE(RocksStore::Open(Options(folder, disk)).ok());
    disk->PretendToSyncLogs();
    std::vector<Told> told = NewTold();
    ASSERT_TRUE(Live(folder, disk, told, chance));
    const auto store = RocksStore::Open(Options(folder, disk));
    const bool all =
        store.ok() && std::all_of(told.begin(), told.end(), [&](const Told& one) { return HasAllOf(**store, one); });
    if (!all) ++losses;
  }
  EXPECT_GT(losses, 0);
}

}  // namespace
}  // namespace passport::test
