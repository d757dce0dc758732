// What a folder must be to be opened, and that what was done is there the next time.
#include "passport-service/store/rocks_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "passport-service/check/check_house.h"
#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

Fault FaultOf(const RocksOptions& options) {
  const auto store = RocksStore::Open(options);
  return store.ok() ? Fault{Reason::kNone, "", "opened"} : store.fault();
}

RocksOptions Existing(const fs::path& folder) {
  RocksOptions options = TestOptions(folder);
  options.create = false;
  return options;
}

TEST(RocksStore, AFolderIsMadeOnlyWhenAskedFor) {
  const ScratchFolder scratch;
  const Fault missing = FaultOf(Existing(scratch / "store"));
  EXPECT_EQ(missing.reason, Reason::kDataFolder);
  EXPECT_THAT(missing.detail, HasSubstr("does not exist"));
  EXPECT_FALSE(fs::exists(scratch / "store"));
  fs::create_directory(scratch / "empty");
  EXPECT_EQ(FaultOf(Existing(scratch / "empty")).reason, Reason::kDataFolder);
  EXPECT_TRUE(fs::is_empty(scratch / "empty"));
  EXPECT_TRUE(RocksStore::Open(TestOptions(scratch / "deep/er/store")).ok());
  EXPECT_TRUE(RocksStore::Open(TestOptions(scratch / "empty")).ok());
  EXPECT_TRUE(RocksStore::Open(Existing(scratch / "empty")).ok());
  struct stat facts {};
  ASSERT_EQ(stat((scratch / "empty").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0700U);
}

TEST(RocksStore, AForeignFolderIsLeftAlone) {
  const ScratchFolder scratch;
  fs::create_directory(scratch / "photos");
  std::ofstream(scratch / "photos/cat.jpg") << "meow";
  const Fault foreign = FaultOf(TestOptions(scratch / "photos"));
  EXPECT_EQ(foreign.reason, Reason::kDataFolder);
  EXPECT_THAT(foreign.detail, HasSubstr("not made by this service"));
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch / "photos"), fs::directory_iterator()), 1);
  EXPECT_EQ(FaultOf(TestOptions(scratch / "photos/cat.jpg")).reason, Reason::kDataFolder);
  EXPECT_EQ(FaultOf(TestOptions(scratch / "photos/cat.jpg/store")).reason, Reason::kDataFolder);
  EXPECT_EQ(FaultOf(TestOptions("")).reason, Reason::kDataFolder);
}

TEST(RocksStore, AFolderInUseIsRefused) {
  const ScratchFolder scratch;
  const auto store = RocksStore::Open(TestOptions(scratch / "store"));
  ASSERT_TRUE(store.ok());
  const Fault twice = FaultOf(Existing(scratch / "store"));
  EXPECT_EQ(twice.reason, Reason::kDataFolder);
  EXPECT_THAT(twice.detail, HasSubstr("in use by another process"));
  // A lock dies with its process.
  const pid_t child = fork();
  if (child == 0) _exit(RocksStore::Open(Existing(scratch / "store")).ok() ? 1 : 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(RocksStore, ANewerSchemaIsRefused) {
  const ScratchFolder scratch;
  ASSERT_TRUE(RocksStore::Open(TestOptions(scratch / "store")).ok());
  const auto mark = [&](const char* text) { std::ofstream(scratch / "store/STORE", std::ios::trunc) << text; };
  mark("staff passport store\nschema 3\n");
  EXPECT_EQ(FaultOf(Existing(scratch / "store")).reason, Reason::kSchemaNewer);
  EXPECT_EQ(FaultOf(TestOptions(scratch / "store")).reason, Reason::kSchemaNewer);
  for (const char* const damaged :
       {"", "\n", "staff passport store\n", "staff passport store\nschema \n", "staff passport store\nschema 1",
        "staff passport store\nschema 0\n", "staff passport store\nschema 1x\n",
        "staff passport store\nschema 99999999999\n"}) {
    mark(damaged);
    EXPECT_EQ(FaultOf(Existing(scratch / "store")).reason, Reason::kDataFolder) << damaged;
  }
  mark("staff passport store\nschema 2\n");
  EXPECT_TRUE(RocksStore::Open(Existing(scratch / "store")).ok());
}

TEST(RocksStore, AFolderOpenToOthersIsRefused) {
  const ScratchFolder scratch;
  ASSERT_TRUE(RocksStore::Open(TestOptions(scratch / "store")).ok());
  ASSERT_EQ(chmod((scratch / "store").c_str(), 0750), 0);
  EXPECT_THAT(FaultOf(Existing(scratch / "store")).detail, HasSubstr("0700"));
}

TEST(RocksStore, AFolderHalfMadeIsMadeAnew) {
  const ScratchFolder scratch;
  ASSERT_TRUE(RocksStore::Open(TestOptions(scratch / "store")).ok());
  fs::remove(scratch / "store/STORE");
  std::ofstream(scratch / "store/MAKING") << "";
  fs::remove(scratch / "store/tables/CURRENT");
  EXPECT_EQ(FaultOf(Existing(scratch / "store")).reason, Reason::kDataFolder);
  const auto store = RocksStore::Open(TestOptions(scratch / "store"));
  ASSERT_TRUE(store.ok()) << store.fault().detail;
  EXPECT_EQ(Apply(**store, Found(Organisation("ods:A1"))), kDone);
}

TEST(RocksStore, EverythingIsThereAfterOpeningAgain) {
  const ScratchFolder scratch;
  const OrganisationId trust = Organisation("ods:RC9");
  for (std::uint32_t life = 0; life < 4; ++life) {
    const auto store = RocksStore::Open(TestOptions(scratch / "store"));
    ASSERT_TRUE(store.ok());
    if (life == 0) {
      ASSERT_EQ(Apply(**store, Found(trust)), kDone);
    }
    for (std::uint32_t n = 5 * life; n < 5 * life + 5; ++n) {
      ASSERT_EQ(Apply(**store, Story{trust, n}.Intend()), kDone);
      ASSERT_EQ(Apply(**store, Story{trust, n}.Issue()), kDone);
    }
    ASSERT_EQ(Apply(**store, Story{trust, 5 * life}.Revoke()), kDone);
    ASSERT_EQ(Apply(**store, {PutDocument{{"registry", life + 1, "text", kNoon}}}), kDone);
    const auto report = CheckHouse(**store);
    ASSERT_TRUE(report.ok());
    EXPECT_THAT(report->violations, IsEmpty());
    EXPECT_EQ(report->credentials, 5 * (life + 1));
    EXPECT_EQ(report->audit_rows, 1 + 11 * (life + 1));
    EXPECT_EQ(report->documents, life + 1);
  }
}

TEST(RocksStore, BelowTheFloorNothingIsBegun) {
  const ScratchFolder scratch;
  RocksOptions options = TestOptions(scratch / "store");
  options.free_floor_bytes = UINT64_MAX;
  const auto store = RocksStore::Open(options);
  ASSERT_TRUE(store.ok());
  EXPECT_EQ(Apply(**store, Found(Organisation("ods:A1"))), (Outcome{CommitOutcome::kRetry, 0, Reason::kStoreFull}));
  EXPECT_TRUE((*store)->AllOrganisations()->empty());
}

}  // namespace
}  // namespace passport::test
