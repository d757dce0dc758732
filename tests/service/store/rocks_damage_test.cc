// Files of the store that are cut short, damaged or gone: an error, never a crash and never other data.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <random>

#include "keys/file_key_store.h"
#include "keys/system_random.h"
#include "passport-service/acts/end_share.h"
#include "passport-service/acts/follow_events.h"
#include "passport-service/check/check_house.h"
#include "passport-service/store/rocks_tables.h"
#include "passport-service/store/row_codec.h"
#include "tests/service/store/store_fixture.h"

namespace passport::test {
namespace {

namespace fs = std::filesystem;
const OrganisationId kDamagedTrust = Organisation("ods:RC9");
constexpr std::uint32_t kStories = 40;

RocksOptions ExistingFolder(const fs::path& folder) {
  RocksOptions options = TestOptions(folder);
  options.create = false;
  return options;
}

// A store with something in its tables and something in its log.
void Make(const fs::path& folder) {
  for (std::uint32_t life = 0; life < 2; ++life) {
    const auto store = RocksStore::Open(TestOptions(folder));
    ASSERT_TRUE(store.ok());
    if (life == 0) {
      ASSERT_EQ(Apply(**store, Found(kDamagedTrust)), kDone);
    }
    for (std::uint32_t n = kStories / 2 * life; n < kStories / 2 * (life + 1); ++n) {
      ASSERT_EQ(Apply(**store, Story{kDamagedTrust, n}.Intend()), kDone);
      ASSERT_EQ(Apply(**store, Story{kDamagedTrust, n}.Issue()), kDone);
    }
    for (const char* const subject : {"a", "b"}) {
      ASSERT_EQ(Apply(**store, {AppendReliance{SampleReliance(kDamagedTrust, subject)}}), kDone);
    }
  }
}

std::vector<fs::path> FilesOf(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder / "tables")) {
    const std::string name = entry.path().filename().string();
    if (name != "LOCK" && name != "LOG" && !name.starts_with("LOG.")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// RocksDB opens with a list of tables that was cut short: then rows are missing, and the walk must find that. Whole
// without a violation is the truth only when nothing is missing.
void ExpectFaultOrAllOrViolations(const fs::path& folder, const std::string& what) {
  const auto store = RocksStore::Open(ExistingFolder(folder));
  const auto report = store.ok() ? CheckHouse(**store) : Result<HouseReport>(store.fault());
  if (!report.ok()) {
    EXPECT_EQ(report.fault().reason, Reason::kStoreUnavailable) << what << ": " << report.fault().detail;
  } else if (report->violations.empty()) {
    EXPECT_EQ(report->credentials, kStories) << what;
    EXPECT_EQ(report->reliances, 4U) << what;
  }
}

// Opens and reads everything. A fault is fine, and so is an older state of the log's tail; a wrong row is not.
void ExpectFaultOrTruth(const fs::path& folder, const std::string& what) {
  const auto store = RocksStore::Open(ExistingFolder(folder));
  if (!store.ok()) {
    EXPECT_TRUE(store.fault().reason == Reason::kStoreUnavailable) << what << ": " << store.fault().detail;
    return;
  }
  const auto report = CheckHouse(**store);
  if (!report.ok()) {
    EXPECT_EQ(report.fault().reason, Reason::kStoreUnavailable) << what;
    return;
  }
  EXPECT_THAT(report->violations, ::testing::IsEmpty()) << what;
}

TEST(RocksDamage, AFileThatIsCutShortOrGoneIsAnErrorOrAnOlderState) {
  const ScratchFolder scratch;
  Make(scratch / "good");
  const auto files = FilesOf(scratch / "good");
  ASSERT_GT(files.size(), 10U);
  std::mt19937_64 chance(3);
  for (const auto& file : files) {
    for (const int way : {0, 1, 2}) {
      const fs::path copy = scratch / "copy";
      fs::remove_all(copy);
      fs::copy(scratch / "good", copy, fs::copy_options::recursive);
      fs::permissions(copy, fs::perms::owner_all);
      const fs::path victim = copy / "tables" / file.filename();
      const auto size = fs::file_size(victim);
      if (way == 0) fs::remove(victim);
      if (way == 1) fs::resize_file(victim, 0);
      if (way == 2 && size > 0) fs::resize_file(victim, chance() % size);
      const std::string name = file.filename().string();
      const auto& expect = name.starts_with("MANIFEST") ? ExpectFaultOrAllOrViolations : ExpectFaultOrTruth;
      expect(copy, name + " way " + std::to_string(way));
    }
  }
}

TEST(RocksDamage, AFlippedBitIsNeverTakenForData) {
  const ScratchFolder scratch;
  Make(scratch / "good");
  const auto files = FilesOf(scratch / "good");
  std::mt19937_64 chance(5);
  for (int round = 0; round < 60; ++round) {
    const fs::path copy = scratch / "copy";
    fs::remove_all(copy);
    fs::copy(scratch / "good", copy, fs::copy_options::recursive);
    fs::permissions(copy, fs::perms::owner_all);
    const fs::path victim = copy / "tables" / files[chance() % files.size()].filename();
    std::ifstream in(victim, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (bytes.empty()) continue;
    char& byte = bytes[chance() % bytes.size()];
    byte = static_cast<char>(byte ^ (1 << chance() % 8));
    std::ofstream(victim, std::ios::binary | std::ios::trunc) << bytes;
    ExpectFaultOrTruth(copy, victim.filename().string() + " round " + std::to_string(round));
  }
}

// Below the checksums of RocksDB: somebody writes to the tables themselves.
TEST(RocksDamage, ARowSomebodyTamperedWithIsFound) {
  const ScratchFolder scratch;
  const auto tamper = [&](const std::function<void(RocksTables::Batch&, const RocksTables&)>& how) {
    fs::remove_all(scratch / "store");
    Make(scratch / "store");
    auto tables =
        RocksTables::Open(scratch / "store/tables", RocksTables::Create::kNothing, TestOptions(scratch / "store"));
    ASSERT_TRUE(tables.ok());
    auto batch = (*tables)->NewBatch();
    how(batch, **tables);
    ASSERT_EQ((*tables)->Write(batch), RocksTables::Written::kDurable);
  };
  const auto violations = [&] {
    const auto store = RocksStore::Open(ExistingFolder(scratch / "store"));
    return CheckHouse(**store)->violations.size();
  };
  tamper([](auto& batch, const auto& tables) {
    auto row = Decode<AuditRow>(**tables.Get(Table::kAudit, key::Sequence(7))).value();
    row.entry.outcome = "refused";
    batch.Put(Table::kAudit, key::Sequence(7), Encode(row));
  });
  EXPECT_EQ(violations(), 1U);
  tamper([](auto& batch, const auto& tables) {
    auto row = Decode<AuditRow>(**tables.Get(Table::kAudit, key::Sequence(7))).value();
    row.entry.outcome = "refused";
    row.hash = AuditHash(row);
    batch.Put(Table::kAudit, key::Sequence(7), Encode(row));
  });
  EXPECT_EQ(violations(), 2U);
  tamper([](auto& batch, const auto&) { batch.Delete(Table::kAudit, key::Sequence(7)); });
  EXPECT_GE(violations(), 2U);
  tamper([](auto& batch, const auto&) { batch.Delete(Table::kEvent, key::Sequence(7)); });
  EXPECT_EQ(violations(), 1U);
  tamper([](auto& batch, const auto&) { batch.Delete(Table::kHolding, key::Holding(Story{kDamagedTrust, 3}.row())); });
  EXPECT_EQ(violations(), 1U);
  const auto rely = [](auto& batch, const auto&, const RelianceRow& row) {
    batch.Put(Table::kReliance, key::Reliance(kDamagedTrust, row.link.sequence), Encode(row));
  };
  const auto second = [](const auto& tables) {
    return Decode<RelianceRow>(**tables.Get(Table::kReliance, key::Reliance(kDamagedTrust, 2))).value();
  };
  tamper([&](auto& batch, const auto& tables) {
    auto row = second(tables);
    row.entry.receipt_digest = Sha256("another receipt");
    rely(batch, tables, row);
  });
  EXPECT_EQ(violations(), 1U);
  tamper([&](auto& batch, const auto& tables) {
    auto row = second(tables);
    row.link.at = row.entry.at = row.entry.at + Seconds{1};
    row.link.hash = LinkHash(kDamagedTrust, row.link);
    rely(batch, tables, row);
  });
  EXPECT_GE(violations(), 2U) << "the next of the organisation and of the person hold another hash";
  tamper([&](auto& batch, const auto& tables) {
    auto row = second(tables);
    row.link.sequence = 1;
    batch.Put(Table::kReliance, key::Reliance(kDamagedTrust, 2), Encode(row));
  });
  EXPECT_GE(violations(), 1U) << "and the walk comes to an end";
  tamper([](auto& batch, const auto&) { batch.Delete(Table::kReliance, key::Reliance(kDamagedTrust, 2)); });
  EXPECT_GE(violations(), 2U);
  tamper([](auto& batch, const auto&) { batch.Delete(Table::kRelianceLast, key::RelianceLast(kDamagedTrust)); });
  EXPECT_EQ(violations(), 1U);
  // A row that does not decode is a fault of the read, and of the change that needs it.
  const Story story{kDamagedTrust, 3};
  tamper([&](auto& batch, const auto&) {
    batch.Put(Table::kCredential, key::Credential(kDamagedTrust, story.credential()), "junk");
  });
  const auto store = RocksStore::Open(ExistingFolder(scratch / "store"));
  EXPECT_EQ((*store)->FindCredential(kDamagedTrust, story.credential()).fault().reason, Reason::kStoreUnavailable);
  EXPECT_EQ(Apply(**store, story.Revoke()), (Outcome{CommitOutcome::kRetry, 0, Reason::kStoreUnavailable}));
  EXPECT_FALSE((*store)->stopped());
}

class ClockAt final : public Clock {
 public:
  explicit ClockAt(Instant at) : at_(at) {}
  Instant Now() const override { return at_; }

 private:
  Instant at_;
};

// Two shares of one person, with a credential of the trust, and events that touch both.
void MakeShares(const fs::path& folder) {
  const auto store = RocksStore::Open(TestOptions(folder));
  ASSERT_TRUE(store.ok());
  ASSERT_EQ(Apply(**store, Found(kDamagedTrust)), kDone);
  const Story story{kDamagedTrust, 0};
  ASSERT_EQ(Apply(**store, story.Intend()), kDone);
  ASSERT_EQ(Apply(**store, story.Issue()), kDone);
  for (const char* const id : {"s1", "s2"}) {
    ShareRow row = SampleShare(kDamagedTrust, id);
    row.state = ShareState::kGiven;
    row.person = story.person();
    row.asked[0].kind = story.row().kind;
    row.credentials = {story.credential()};
    ASSERT_EQ(Apply(**store, {AddShare{row}}), kDone);
  }
  const auto event = [](std::string type, std::string object) {
    return AppendEvent{{kNoon, std::move(type), std::move(object), kDamagedTrust}};
  };
  ASSERT_EQ(Apply(**store, {event("credential.issued", story.credential().text()), event("profile.put", "profile/x"),
                            event("organisation.changed", kDamagedTrust.text())}),
            kDone);
}

void PutJunk(const fs::path& folder, Table table, const std::string& key) {
  auto tables = RocksTables::Open(folder / "tables", RocksTables::Create::kNothing, TestOptions(folder));
  ASSERT_TRUE(tables.ok());
  auto batch = (*tables)->NewBatch();
  batch.Put(table, key, "junk");
  ASSERT_EQ((*tables)->Write(batch), RocksTables::Written::kDurable);
}

std::vector<std::string> Noticed(RocksStore& store) {
  std::vector<std::string> ids;
  const auto notices = store.ShareNotices(kDamagedTrust, 0, 100);
  for (const ShareNoticeRow& row : notices->rows) ids.push_back(row.share.text());
  return ids;
}

TEST(RocksDamage, AShareThatCanNotBeReadHoldsUpNeitherNoticesNorTheEndOfOthers) {
  const ScratchFolder scratch;
  const fs::path folder = scratch / "store";
  ASSERT_NO_FATAL_FAILURE(MakeShares(folder));
  ASSERT_NO_FATAL_FAILURE(PutJunk(folder, Table::kShare, key::Share(ShareId::Parse("s1").value())));
  const auto store = RocksStore::Open(ExistingFolder(folder));
  ASSERT_TRUE(store.ok());
  CurrentTrust trust;
  trust.Set({nullptr, nullptr, (*store)->LastEvent().value()});
  const ClockAt clock(kNoon + Seconds{60});
  const auto followed = FollowEvents(**store, trust, clock)(100);
  ASSERT_TRUE(followed.ok()) << followed.fault().detail;
  EXPECT_GT(followed->damaged, 0U) << "and it is told of";
  EXPECT_THAT(Noticed(**store), ::testing::ElementsAre("s2"));
  EXPECT_EQ(FollowEvents(**store, trust, clock)(100)->events, 0U);
  SystemRandom random;
  constexpr std::array<std::uint8_t, 16> kWords = {'w', 'o', 'r', 'd', 's'};
  ASSERT_TRUE(FileKeyStore::Create(scratch / "keys", Secret(std::span(kWords)), kLeastCost, random).ok());
  const auto keys = FileKeyStore::Open(scratch / "keys", Secret(std::span(kWords)), kLeastCost, random);
  ASSERT_TRUE(keys.ok());
  PersonVault vault(**store, *keys, random);
  const auto lapsed = EndShare(**store, vault, clock).Due(1);
  ASSERT_TRUE(lapsed.ok()) << lapsed.fault().detail;
  EXPECT_EQ(lapsed->ended, 1U) << "though the damaged one is due before it";
  EXPECT_EQ(lapsed->damaged, 1U);
  const auto again = EndShare(**store, vault, clock).Due(1);
  EXPECT_EQ(again->ended, 0U);
  EXPECT_FALSE(again->more) << "it does not go on for ever";
  EXPECT_EQ((*store)->FindShare(ShareId::Parse("s2").value())->value().state, ShareState::kLapsed);
}

TEST(RocksDamage, AnEventThatCanNotBeReadIsToldToEverybody) {
  const ScratchFolder scratch;
  const fs::path folder = scratch / "store";
  ASSERT_NO_FATAL_FAILURE(MakeShares(folder));
  ASSERT_NO_FATAL_FAILURE(PutJunk(folder, Table::kEvent, key::Sequence(1)));
  const auto store = RocksStore::Open(ExistingFolder(folder));
  ASSERT_TRUE(store.ok());
  CurrentTrust trust;
  trust.Set({nullptr, nullptr, 1});
  const auto followed = FollowEvents(**store, trust, ClockAt(kNoon))(100);
  ASSERT_TRUE(followed.ok()) << followed.fault().detail;
  EXPECT_EQ(followed->damaged, 1U);
  EXPECT_THAT(Noticed(**store), ::testing::UnorderedElementsAre("s1", "s2"));
}

}  // namespace
}  // namespace passport::test
