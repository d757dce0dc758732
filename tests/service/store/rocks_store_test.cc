// What a folder must be to be opened, and that what was done is there the next time.
#include "passport-service/store/rocks_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "passport-service/check/check_house.h"
#include "passport-service/store/field_codec.h"
#include "passport-service/store/key_layout.h"
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

// The bytes of a row as they stand in the golden file.
std::string Golden(const std::string& name) {
  std::ifstream file("tests/service/store/golden_rows.txt");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name + ": ")) continue;
    std::string bytes;
    for (std::size_t at = name.size() + 2; at + 1 < line.size(); at += 2) {
      bytes += static_cast<char>(std::stoi(line.substr(at, 2), nullptr, 16));
    }
    return bytes;
  }
  return "";
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
  mark("staff passport store\nschema 5\n");
  EXPECT_EQ(FaultOf(Existing(scratch / "store")).reason, Reason::kSchemaNewer);
  EXPECT_EQ(FaultOf(TestOptions(scratch / "store")).reason, Reason::kSchemaNewer);
  for (const char* const damaged :
       {"", "\n", "staff passport store\n", "staff passport store\nschema \n", "staff passport store\nschema 1",
        "staff passport store\nschema 0\n", "staff passport store\nschema 1x\n",
        "staff passport store\nschema 99999999999\n"}) {
    mark(damaged);
    EXPECT_EQ(FaultOf(Existing(scratch / "store")).reason, Reason::kDataFolder) << damaged;
  }
  mark("staff passport store\nschema 4\n");
  EXPECT_TRUE(RocksStore::Open(Existing(scratch / "store")).ok());
}

// A folder as a program of schema 1 left it: its eighteen tables, and rows in its own bytes.
void MakeSchemaOne(const fs::path& folder) {
  fs::create_directory(folder);
  fs::permissions(folder, fs::perms::owner_all);
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, (folder / "tables").string(), &opened).ok());
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::map<std::string, rocksdb::ColumnFamilyHandle*> handles;
  const auto last = std::find(kTableNames.begin(), kTableNames.end(), std::string_view("event")) + 1;
  for (auto name = kTableNames.begin(); name != last; ++name) {
    ASSERT_TRUE(db->CreateColumnFamily(options, *name, &handles[*name]).ok());
  }
  ASSERT_EQ(handles.size(), 18U);
  const auto put = [&](const char* table, const std::string& key, std::string_view row) {
    ASSERT_TRUE(db->Put(rocksdb::WriteOptions(), handles[table], key, rocksdb::Slice(row.data(), row.size())).ok());
  };
  const std::string organisation = Golden("organisation");
  put("organisation", key::Organisation(Organisation("ods:RC9")), organisation);
  put("document", key::Document("registry", 1),
      FieldWriter(RowKind::kDocument).Text(1, "registry").Number(2, 1).Text(3, "{}").Time(4, kNoon).Take());
  put("audit", key::Sequence(258), Golden("audit"));
  put("document_newest", key::DocumentNewest("registry"), KeyBuilder().U64(1).Take());
  for (const auto& [name, handle] : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  std::ofstream(folder / "STORE") << "staff passport store\nschema 1\n";
}

TEST(RocksStore, AFolderOfSchemaOneIsRaisedAndKeepsItsRows) {
  const ScratchFolder scratch;
  const OrganisationId trust = Organisation("ods:RC9");
  MakeSchemaOne(scratch / "store");
  for (int opening = 0; opening < 2; ++opening) {
    const auto store = RocksStore::Open(Existing(scratch / "store"));
    ASSERT_TRUE(store.ok()) << store.fault().detail;
    std::ifstream mark(scratch / "store/STORE");
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>(mark), {}}), "staff passport store\nschema 4\n");
    EXPECT_FALSE((*store)->FindOrganisation(trust)->value().two_person);
    EXPECT_EQ((*store)->NewestDocument("registry")->value().withdrawn_at, std::nullopt);
    EXPECT_EQ(Apply(**store, {AppendReliance{SampleReliance(trust, "a")}}), kDone);
    EXPECT_EQ((*store)->LastLink(trust)->value().sequence, static_cast<std::uint64_t>(opening + 1));
    // An audit row of that schema has no place among its actor's: their chain begins with the first row of this one.
    EXPECT_EQ((*store)->AuditRows(0, 1)->rows.front().hash, AuditHash((*store)->AuditRows(0, 1)->rows.front()));
    EXPECT_EQ(Apply(**store, {AppendAudit{SampleAudit("raised", "")}}), kDone);
    const auto of_service = (*store)->AuditRowsOf("service", 0, 10)->rows;
    ASSERT_EQ(of_service.size(), static_cast<std::size_t>(opening + 1));
    EXPECT_EQ(of_service.front().sequence, 259U);
    EXPECT_EQ(of_service.back().actor_sequence, of_service.size());
  }
  // A folder of this schema that lacks a table is damaged, not older.
  fs::remove_all(scratch / "store");
  MakeSchemaOne(scratch / "store");
  std::ofstream(scratch / "store/STORE") << "staff passport store\nschema 4\n";
  EXPECT_EQ(FaultOf(Existing(scratch / "store")).reason, Reason::kStoreUnavailable);
}

// Schema 3 lacks tables alone: its rows about people are sealed already.
TEST(RocksStore, AFolderOfSchemaThreeGetsItsTablesAndIsNotRaised) {
  const ScratchFolder scratch;
  const OrganisationId trust = Organisation("ods:RC9");
  {
    const auto store = RocksStore::Open(TestOptions(scratch / "store"));
    ASSERT_EQ(Apply(**store, Found(trust)), kDone);
  }
  {
    const auto tables =
        RocksTables::Open(scratch / "store/tables", RocksTables::Create::kNothing, TestOptions(scratch / "store"));
    ASSERT_TRUE(tables.ok());
    std::vector<Table> later;
    for (auto at = static_cast<std::size_t>(Table::kAuditLast) + 1; at < kTableNames.size(); ++at) {
      later.push_back(static_cast<Table>(at));
    }
    ASSERT_TRUE((*tables)->Drop(later).ok());
  }
  std::ofstream(scratch / "store/STORE", std::ios::trunc) << "staff passport store\nschema 3\n";
  const auto store = RocksStore::Open(Existing(scratch / "store"));
  ASSERT_TRUE(store.ok()) << store.fault().detail;
  EXPECT_FALSE((*store)->raising());
  EXPECT_FALSE(fs::exists(scratch / "store/RAISING"));
  const PersonId person = Story{trust, 0}.person();
  EXPECT_TRUE((*store)->FindPerson(person)->has_value());
  EXPECT_EQ(Apply(**store, {AddHolderKey{SampleHolderKey("key", person)}}), kDone);
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
