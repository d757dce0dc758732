// Last week's backup holds nothing of who was erased since, and everything of everybody else.
#include "passport-service/store/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "passport-service/acts/finish_erasures.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/sealed_person.h"
#include "tests/service/erasure/erasure_world.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Backup : public ::testing::Test {
 protected:
  Result<BackupReport> Make() { return BackUp(*world_.rocks, world_.backup(), 5); }
  // The store that a version gives; null when it can not be restored.
  std::unique_ptr<RocksStore> Restore(std::optional<std::uint32_t> version) {
    const auto data = world_.scratch.path() / "restored";
    std::filesystem::remove_all(data);
    restored_ = RestoreBackup(world_.backup(), data, version);
    if (!restored_.ok()) return nullptr;
    RocksOptions options;
    options.folder = data;
    options.free_floor_bytes = 0;
    auto store = RocksStore::Open(options).value();
    finished_ = FinishErasures(*store, world_.clock).value();
    return store;
  }
  ErasureWorld world_;
  Result<BackupReport> restored_ = BackupReport{};
  std::uint64_t finished_ = 0;
};

TEST_F(Backup, IsRestoredWhole) {
  ASSERT_TRUE(Make().ok());
  EXPECT_TRUE(VerifyBackup(world_.backup()).ok());
  const auto store = Restore({});
  ASSERT_NE(store, nullptr) << restored_.fault().detail;
  EXPECT_EQ(finished_, 0U) << "nobody was erased";
  EXPECT_EQ(world_.Opens(*store), 2U);
  EXPECT_EQ(world_.HouseOf(*store), "clean");
  EXPECT_TRUE(*store->EmployedAnywhere(world_.FlorriesId()));
}

TEST_F(Backup, OfLastWeekHoldsNothingOfWhoWasErasedSince) {
  ASSERT_TRUE(Make().ok());
  const PersonId person = world_.FlorriesId();
  const std::vector<std::string> keys = world_.FlorriesKeys();
  for (const std::string& key : keys) ASSERT_THAT(AllBytes(world_.backup()), HasSubstr(key));
  for (const std::string& key : keys) {
    EXPECT_THAT(AllBytes(world_.backup() / "records"), Not(HasSubstr(key))) << "keys are in people alone";
  }
  ASSERT_EQ(world_.EraseFlorrie(world_.trust), "ok");
  ASSERT_EQ(world_.EraseSubject(world_.council, world_.florrie_subject), "ok");
  const auto second = Make();
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->versions, 2U);
  const std::string bytes = AllBytes(world_.backup());
  for (const std::string& key : keys) EXPECT_THAT(bytes, Not(HasSubstr(key)));
  for (const std::string& each : world_.known) EXPECT_THAT(bytes, Not(HasSubstr(each)));
  const auto store = Restore(1);
  ASSERT_NE(store, nullptr) << restored_.fault().detail;
  EXPECT_GT(finished_, 0U);
  EXPECT_EQ(world_.Opens(*store), 1U) << "Wren's";
  EXPECT_FALSE(store->FindPerson(person)->has_value());
  EXPECT_EQ(store->FindCredential(world_.trust.organisation, world_.florrie.training)->value().state,
            CredentialState::kRevoked);
  EXPECT_EQ(world_.HouseOf(*store), "clean");
}

// Its row is the old one, and the key that opened it went with the move (decision 0024).
TEST_F(Backup, OfBeforeAMoveLeavesAPassportThatIsReplacedLikeOneThatIsLost) {
  const PersonId person = world_.store.FindPersonByCode(Sha256(world_.wren.code))->value().id;
  ASSERT_TRUE(Make().ok());
  const auto stay = [](const PersonId&, bool) { return Result<void>(); };
  RebindPassport move(world_.store, *world_.keys, *world_.vault, world_.random, world_.clock, world_.Issuing(), stay);
  const P256Point key = PrivateKey::Generate()->public_key().point();
  ASSERT_TRUE(move({.person = person, .request = "m", .held_as = HeldAs::kWallet, .key = key}, {}).ok());
  ASSERT_TRUE(Make().ok());
  const auto store = Restore(1);
  ASSERT_NE(store, nullptr) << restored_.fault().detail;
  EXPECT_EQ(world_.HouseOf(*store), "clean");
  PersonVault vault(*store, *world_.keys, world_.random);
  const PersonRow row = store->FindPerson(person)->value();
  EXPECT_EQ(WordsOf(OpenHolder(vault, row)), "not_found");
  IssueCredentials issue(*store, *world_.keys, vault, world_.random, world_.clock, Seconds{3 * 365 * 86400},
                         [](const Record&, const CivilDay&) { return Result<void>(); });
  RebindPassport rebind(*store, *world_.keys, vault, world_.random, world_.clock, issue, stay);
  const RebindPassport::Order lost{.person = person, .why = RebindingReason::kLost, .request = "l"};
  RebindPassport::Order to_come = lost;
  to_come.held_as = HeldAs::kWallet;
  EXPECT_EQ(WordsOf(rebind(to_come, {})), "state_conflict") << "first into the service's keeping";
  const auto replaced = rebind(lost, {});
  ASSERT_TRUE(replaced.ok()) << replaced.fault().detail;
  EXPECT_EQ(replaced->signed_again, 1U);
  EXPECT_FALSE(replaced->undo_until.has_value()) << "there is no key to go back to";
  EXPECT_EQ(WordsOf(OpenHolder(vault, store->FindPerson(person)->value())), "ok");
  EXPECT_EQ(rebind.FinishAll().value(), 0U) << "the request may be asked again for a day";
  world_.clock.now = world_.clock.now + Seconds{86400};
  EXPECT_EQ(rebind.FinishAll().value(), 1U);
  EXPECT_EQ(world_.HouseOf(*store), "clean");
}

TEST_F(Backup, OfBeforeAMoveHoldsAPersonWhoCanBeErased) {
  const PersonId person = world_.store.FindPersonByCode(Sha256(world_.wren.code))->value().id;
  ASSERT_TRUE(Make().ok());
  const auto stay = [](const PersonId&, bool) { return Result<void>(); };
  RebindPassport move(world_.store, *world_.keys, *world_.vault, world_.random, world_.clock, world_.Issuing(), stay);
  const P256Point key = PrivateKey::Generate()->public_key().point();
  ASSERT_TRUE(move({.person = person, .request = "m", .held_as = HeldAs::kWallet, .key = key}, {}).ok());
  ASSERT_TRUE(Make().ok());
  const auto store = Restore(1);
  ASSERT_NE(store, nullptr) << restored_.fault().detail;
  PersonVault vault(*store, *world_.keys, world_.random);
  ErasePerson erase(*store, vault, world_.clock);
  ASSERT_EQ(WordsOf(erase.EraseEmployee(world_.trust.organisation, person, {.by = {}, .why = "person_asked"})), "ok");
  EXPECT_FALSE(store->FindPerson(person)->has_value());
  EXPECT_EQ(world_.HouseOf(*store), "clean");
}

TEST_F(Backup, KeepsAsManyVersionsAsWereAsked) {
  for (int version = 1; version <= 3; ++version) ASSERT_TRUE(BackUp(*world_.rocks, world_.backup(), 2).ok());
  const auto report = VerifyBackup(world_.backup());
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->versions, 2U);
  EXPECT_EQ(report->version, 3U);
  EXPECT_EQ(Restore(1), nullptr);
  EXPECT_EQ(WordsOf(restored_), "not_found");
}

// Else everybody who came since would be taken for erased.
TEST_F(Backup, IsNotRestoredWithPeopleOfAnOlderOne) {
  ASSERT_TRUE(Make().ok());
  const auto old = world_.scratch.path() / "people-of-last-week";
  std::filesystem::copy_file(world_.backup() / "people", old);
  ASSERT_TRUE(Make().ok());
  std::filesystem::copy_file(old, world_.backup() / "people", std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(Restore({}), nullptr);
  EXPECT_THAT(restored_.fault().detail, HasSubstr("older than the newest version"));
}

TEST_F(Backup, ThatIsDamagedIsRefused) {
  ASSERT_TRUE(Make().ok());
  {
    std::fstream file(world_.backup() / "people", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(200);
    file.put('!');
  }
  EXPECT_EQ(WordsOf(VerifyBackup(world_.backup())), "data_folder");
  std::filesystem::remove(world_.backup() / "people");
  EXPECT_EQ(WordsOf(VerifyBackup(world_.backup())), "data_folder");
  EXPECT_EQ(WordsOf(VerifyBackup(world_.scratch.path())), "data_folder") << "no backup at all";
  EXPECT_EQ(WordsOf(BackUp(*world_.rocks, world_.data(), 1)), "data_folder") << "not over somebody else's files";
}

TEST_F(Backup, ThatWasCutOffLeavesNoCopyBehind) {
  ASSERT_TRUE(world_.rocks->TakeCopy().ok());  // and the program ended there
  ASSERT_TRUE(std::filesystem::exists(world_.data() / "copy"));
  world_.Reopen();
  EXPECT_FALSE(std::filesystem::exists(world_.data() / "copy"));
  EXPECT_TRUE(Make().ok());
  EXPECT_FALSE(std::filesystem::exists(world_.data() / "copy"));
}

}  // namespace
}  // namespace passport
