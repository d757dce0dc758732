// Disks that fail or run full under the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <random>
#include <thread>

#include "passport-service/check/check_house.h"
#include "tests/service/store/store_fixture.h"
#include "tests/support/fault_file_system.h"

namespace passport::test {
namespace {

using ::testing::IsEmpty;

const OrganisationId kTrust = Organisation("ods:RC9");
constexpr Outcome kStopped{CommitOutcome::kRetry, 0, Reason::kStoreUnavailable};

class RocksFaults : public ::testing::Test {
 protected:
  RocksOptions Options() {
    RocksOptions options = TestOptions(folder_ / "store");
    options.file_system = disk_;
    return options;
  }
  void Open() {
    store_.reset();
    auto opened = RocksStore::Open(Options());
    ASSERT_TRUE(opened.ok()) << opened.fault().detail;
    store_ = std::move(opened).value();
  }
  // The loss of power and the start after it.
  void Restart() {
    disk_->CutPower();
    store_.reset();
    disk_->LoseUnsynced(chance_);
    Open();
  }
  void ExpectWhole() {
    const auto report = CheckHouse(*store_);
    ASSERT_TRUE(report.ok()) << report.fault().detail;
    EXPECT_THAT(report->violations, IsEmpty());
  }
  bool HasCredential(std::uint32_t n) {
    return store_->FindCredential(kTrust, Story{kTrust, n}.credential())->has_value();
  }
  // Tells stories until one is not done; `told` is how many are.
  Outcome FillUp(std::uint32_t& told) {
    for (;; ++told) {
      const Story story{kTrust, told};
      if (!store_->FindIntent(kTrust, story.request())->has_value()) {
        const Outcome intended = Apply(*store_, story.Intend());
        if (intended != kDone) return intended;
      }
      const Outcome issued = Apply(*store_, story.Issue());
      if (issued != kDone) return issued;
    }
  }
  // Waits until a commit goes through again.
  bool GoesOn() {
    for (int n = 0; n < 400; ++n) {
      const Outcome outcome = Apply(*store_, {AppendAudit{SampleAudit("again", "")}});
      if (outcome == kDone) return true;
      EXPECT_EQ(outcome.reason, Reason::kStoreFull);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

  std::mt19937_64 chance_{7};
  ScratchFolder folder_;
  std::shared_ptr<FaultFileSystem> disk_ = std::make_shared<FaultFileSystem>();
  std::unique_ptr<RocksStore> store_;
};

// Every batch of a story fails once before it happened and once after it happened but was reported lost.
TEST_F(RocksFaults, EachWriteFailsBeforeAndAfterItHappened) {
  using Batch = Changes (Story::*)() const;
  const std::vector<Batch> batches = {&Story::Intend, &Story::Issue, &Story::Revoke};
  for (const auto failure :
       {FaultFileSystem::SyncFailure::kNothingSynced, FaultFileSystem::SyncFailure::kSyncedButReportedLost}) {
    for (std::size_t failing = 0; failing < batches.size(); ++failing) {
      store_.reset();
      std::filesystem::remove_all(folder_ / "store");
      disk_ = std::make_shared<FaultFileSystem>();
      Open();
      ASSERT_EQ(Apply(*store_, Found(kTrust)), kDone);
      const Story story{kTrust, 0};
      for (std::size_t n = 0; n < failing; ++n) ASSERT_EQ(Apply(*store_, (story.*batches[n])()), kDone);
      const std::uint64_t rows = CheckHouse(*store_)->audit_rows;
      disk_->FailNextLogSync(failure);
      EXPECT_EQ(Apply(*store_, (story.*batches[failing])()),
                (Outcome{CommitOutcome::kUnknown, 0, Reason::kStoreUnavailable}));
      EXPECT_TRUE(store_->stopped());
      EXPECT_EQ(Apply(*store_, (story.*batches[failing])()), kStopped);
      EXPECT_EQ(CheckHouse(*store_)->audit_rows, rows) << "reads still answer from what was acknowledged";
      Restart();
      ExpectWhole();
      const bool happened = failure == FaultFileSystem::SyncFailure::kSyncedButReportedLost;
      const std::uint64_t after = CheckHouse(*store_)->audit_rows;
      // What was not synced may still have reached the disk; what was, has.
      EXPECT_TRUE(after == rows + 1 || (!happened && after == rows)) << after << " after " << rows;
      // Asking again is refused if it happened and done if it did not: never twice.
      const Outcome again = Apply(*store_, (story.*batches[failing])());
      EXPECT_EQ(again.outcome, after == rows ? CommitOutcome::kDone : CommitOutcome::kRefused);
      EXPECT_EQ(CheckHouse(*store_)->audit_rows, rows + 1);
      ExpectWhole();
    }
  }
}

// The same for what is taken in and what is relied on. Appending is the one change that may be asked for twice, so the
// request it belongs to is remembered with it and refuses the second.
TEST_F(RocksFaults, AnImportAndARelianceAreWholeOrNotThere) {
  const ImportRow import = SampleImport(kTrust, "i");
  ImportRow staged = import;
  staged.state = ImportState::kStaged;
  staged.revision = 1;
  DraftRow skipped = SampleDraft(import, 1);
  skipped.state = DraftState::kSkipped;
  const std::vector<Changes> batches = {
      {AddImport{import}, PutDraft{SampleDraft(import, 1)}, AppendAudit{SampleAudit("import.begun", "")}},
      {ReplaceImport{staged}, AppendAudit{SampleAudit("import.staged", "")}},
      {ReplaceDraft{skipped}, AppendAudit{SampleAudit("import.resolved", "")}},
      {RememberAnswer{Story{kTrust, 9}.answer()}, AppendReliance{SampleReliance(kTrust, "a")},
       AppendAudit{SampleAudit("reliance.kept", "")}},
      {AddOverride{SampleOverride(kTrust, "o", 1)}, AppendAudit{SampleAudit("override.kept", "")}}};
  for (const auto failure :
       {FaultFileSystem::SyncFailure::kNothingSynced, FaultFileSystem::SyncFailure::kSyncedButReportedLost}) {
    for (std::size_t failing = 0; failing < batches.size(); ++failing) {
      store_.reset();
      std::filesystem::remove_all(folder_ / "store");
      disk_ = std::make_shared<FaultFileSystem>();
      Open();
      ASSERT_EQ(Apply(*store_, Found(kTrust)), kDone);
      for (std::size_t n = 0; n < failing; ++n) ASSERT_EQ(Apply(*store_, batches[n]), kDone);
      const std::uint64_t rows = CheckHouse(*store_)->audit_rows;
      disk_->FailNextLogSync(failure);
      EXPECT_EQ(Apply(*store_, batches[failing]), (Outcome{CommitOutcome::kUnknown, 0, Reason::kStoreUnavailable}));
      Restart();
      ExpectWhole();
      const bool happened = CheckHouse(*store_)->audit_rows == rows + 1;
      EXPECT_TRUE(happened || failure == FaultFileSystem::SyncFailure::kNothingSynced);
      EXPECT_EQ(Apply(*store_, batches[failing]).outcome, happened ? CommitOutcome::kRefused : CommitOutcome::kDone);
      const HouseReport report = *CheckHouse(*store_);
      EXPECT_EQ(report.audit_rows, rows + 1);
      EXPECT_EQ(report.drafts, 1U);
      EXPECT_EQ(report.reliances, failing >= 3 ? 1U : 0U);
      EXPECT_EQ(report.overrides, failing >= 4 ? 1U : 0U);
      ExpectWhole();
    }
  }
}

TEST_F(RocksFaults, AfterAFailedSyncTheStoreHasExactlyWhatItAcknowledged) {
  Open();
  ASSERT_EQ(Apply(*store_, Found(kTrust)), kDone);
  for (std::uint32_t n = 0; n < 20; ++n) {
    ASSERT_EQ(Apply(*store_, Story{kTrust, n}.Intend()), kDone);
    ASSERT_EQ(Apply(*store_, Story{kTrust, n}.Issue()), kDone);
  }
  disk_->FailNextLogSync(FaultFileSystem::SyncFailure::kNothingSynced);
  EXPECT_EQ(Apply(*store_, Story{kTrust, 20}.Intend()).outcome, CommitOutcome::kUnknown);
  for (int n = 0; n < 3; ++n) EXPECT_EQ(Apply(*store_, Story{kTrust, 21}.Intend()), kStopped);
  EXPECT_TRUE(HasCredential(19));
  Restart();
  ExpectWhole();
  for (std::uint32_t n = 0; n < 20; ++n) EXPECT_TRUE(HasCredential(n));
  EXPECT_FALSE(store_->FindIntent(kTrust, Story{kTrust, 21}.request())->has_value());
}

TEST_F(RocksFaults, AFullDiskLosesNothingAndTheStoreGoesOnWhenThereIsSpace) {
  Open();
  ASSERT_EQ(Apply(*store_, Found(kTrust)), kDone);
  disk_->SetSpace(200'000);
  std::uint32_t told = 0;
  const Outcome full = FillUp(told);
  EXPECT_EQ(full.reason, Reason::kStoreFull);
  EXPECT_EQ(full.outcome, CommitOutcome::kUnknown);
  EXPECT_GT(told, 20U);
  EXPECT_FALSE(store_->stopped());
  EXPECT_EQ(Apply(*store_, {AppendAudit{SampleAudit("full", "")}}),
            (Outcome{CommitOutcome::kRetry, 0, Reason::kStoreFull}));
  ExpectWhole();
  for (std::uint32_t n = 0; n < told; ++n) EXPECT_TRUE(HasCredential(n));
  disk_->FreeSpace();
  EXPECT_TRUE(GoesOn());
  ExpectWhole();
  Restart();
  ExpectWhole();
  for (std::uint32_t n = 0; n < told; ++n) EXPECT_TRUE(HasCredential(n));
}

TEST_F(RocksFaults, AFullDiskIsOpenedAgainWhenThereIsSpace) {
  Open();
  ASSERT_EQ(Apply(*store_, Found(kTrust)), kDone);
  disk_->SetSpace(100'000);
  std::uint32_t told = 0;
  EXPECT_EQ(FillUp(told).reason, Reason::kStoreFull);
  disk_->CutPower();
  store_.reset();
  disk_->LoseUnsynced(chance_);
  disk_->SetSpace(0);
  const auto refused = RocksStore::Open(Options());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().reason, Reason::kStoreFull);
  disk_->FreeSpace();
  Open();
  ExpectWhole();
  for (std::uint32_t n = 0; n < told; ++n) EXPECT_TRUE(HasCredential(n));
}

// The disk runs full in the log, in a table that is just written, in the list of tables: wherever it happens to be.
TEST_F(RocksFaults, WhereverTheDiskRunsFullNothingIsLost) {
  std::uint32_t told = 0;
  for (int round = 0; round < 30; ++round) {
    disk_->FreeSpace();
    store_.reset();
    RocksOptions options = Options();
    options.write_buffer_bytes = std::uint64_t{64} << 10;
    auto opened = RocksStore::Open(options);
    ASSERT_TRUE(opened.ok()) << opened.fault().detail;
    store_ = std::move(opened).value();
    if (round == 0) {
      ASSERT_EQ(Apply(*store_, Found(kTrust)), kDone);
    }
    ExpectWhole();
    for (std::uint32_t n = 0; n < told; ++n) ASSERT_TRUE(HasCredential(n)) << n;
    if (HasCredential(told)) ++told;  // the one with the unknown outcome
    disk_->SetSpace(chance_() % 400'000);
    EXPECT_EQ(FillUp(told).reason, Reason::kStoreFull);
  }
}

// A mounted file system of a few megabytes, where mounting is permitted.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directory(path_);
    mounted_ = mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=12m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }

 private:
  std::filesystem::path path_;
  bool mounted_ = false;
};

TEST_F(RocksFaults, ARealFullDiskLosesNothing) {
  const SmallDisk small(folder_ / "small");
  if (!small.mounted()) GTEST_SKIP() << "mounting is not permitted; the tests above fill an injected disk instead";
  RocksOptions options = TestOptions(folder_ / "small/store");
  auto opened = RocksStore::Open(options);
  ASSERT_TRUE(opened.ok()) << opened.fault().detail;
  store_ = std::move(opened).value();
  ASSERT_EQ(Apply(*store_, Found(kTrust)), kDone);
  std::ofstream(folder_ / "small/ballast") << std::string(6 << 20, 'x');
  std::uint32_t told = 0;
  EXPECT_EQ(FillUp(told).reason, Reason::kStoreFull);
  EXPECT_GT(told, 20U);
  ExpectWhole();
  std::filesystem::remove(folder_ / "small/ballast");
  EXPECT_TRUE(GoesOn());
  store_.reset();
  opened = RocksStore::Open(options);
  ASSERT_TRUE(opened.ok()) << opened.fault().detail;
  store_ = std::move(opened).value();
  ExpectWhole();
  for (std::uint32_t n = 0; n < told; ++n) EXPECT_TRUE(HasCredential(n));
  store_.reset();
}

}  // namespace
}  // namespace passport::test
