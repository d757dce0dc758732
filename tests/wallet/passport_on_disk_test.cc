#include "wallet-cli/passport_on_disk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "keys/system_random.h"
#include "tests/wallet/wallet_world.h"

namespace passport {
namespace {

template <class T>
std::string WhyNot(const Result<T>& result) {
  if (result.ok()) return "ok";
  const std::string& detail = result.fault().detail;
  for (const std::string_view said : {kPassportFileCutShort, kPassportFileAltered, kNoPassportFile}) {
    if (detail.ends_with(said)) return std::string(said);
  }
  return std::string(WordOf(result.fault().reason));
}

TEST(PassportOnDisk, IsOpenedAsItWasSaved) {
  const WalletWorld world({MakeRecord("employment")});
  SystemRandom random;
  {
    Result<PassportOnDisk> opened = world.Open(PassportOnDisk::Intent::kChange);
    ASSERT_TRUE(opened.ok()) << opened.fault().detail;
    opened->carried().since = "token";
    ASSERT_TRUE(opened->Save(random).ok());
    opened->carried().since = "another";
    ASSERT_TRUE(opened->Save(random).ok());
  }
  Result<PassportOnDisk> again = world.Open();
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->carried().since, "another");
  EXPECT_EQ(again->carried().credentials.size(), 1U);
}

TEST(PassportOnDisk, WritesNothingThatItCouldNotReadAgain) {
  const WalletWorld world({MakeRecord("employment")});
  SystemRandom random;
  {
    Result<PassportOnDisk> opened = world.Open(PassportOnDisk::Intent::kChange);
    ASSERT_TRUE(opened.ok()) << opened.fault().detail;
    opened->carried().person = "no such id";
    EXPECT_EQ(opened->Save(random).fault().reason, Reason::kMalformed);
  }
  EXPECT_TRUE(world.Open().ok());
}

TEST(PassportOnDisk, IsForItsOwnerAloneAndLeavesNothingBeside) {
  const WalletWorld world;
  struct stat about {};
  ASSERT_EQ(stat(world.file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 07777U, 0600U);
  EXPECT_FALSE(std::filesystem::exists(world.file() + ".partial"));
}

TEST(PassportOnDisk, SaysApartWhatIsWrongWithAFile) {
  const WalletWorld world;
  const std::string text = *ReadWholeFile(world.file());
  const auto open = [&](std::string_view passphrase = kMyPassphrase) {
    return WhyNot(PassportOnDisk::Open(world.file(), MyPassphrase(passphrase), PassportOnDisk::Intent::kRead));
  };
  EXPECT_EQ(open("other words"), "passphrase");
  world.Write("my.passport", text.substr(0, text.size() - 10));
  EXPECT_EQ(open(), kPassportFileCutShort);
  std::string altered = text;
  char& changed = altered[text.find('\n') + 20];
  changed = changed == 'A' ? 'B' : 'A';
  world.Write("my.passport", altered);
  EXPECT_EQ(open(), kPassportFileAltered);
  std::string newer = text;
  newer.replace(newer.find("\"version\":1"), 11, "\"version\":9");
  world.Write("my.passport", newer);
  EXPECT_EQ(open(), "schema_newer");
  world.Write("my.passport", "a shopping list\n");
  EXPECT_EQ(open(), kNoPassportFile);
  world.Write("my.passport", "");
  EXPECT_EQ(open(), "not_found");
}

TEST(PassportOnDisk, IsChangedByOneProgramAtATime) {
  const WalletWorld world;
  {
    Result<PassportOnDisk> first = world.Open(PassportOnDisk::Intent::kChange);
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(WhyNot(world.Open(PassportOnDisk::Intent::kChange)), "state_conflict");
    EXPECT_EQ(WhyNot(world.Open()), "ok");  // reading goes on
    SystemRandom random;
    ASSERT_TRUE(first->Save(random).ok());
    EXPECT_EQ(WhyNot(world.Open(PassportOnDisk::Intent::kChange)), "state_conflict");  // also the new one
  }
  EXPECT_EQ(WhyNot(world.Open(PassportOnDisk::Intent::kChange)), "ok");
}

TEST(PassportOnDisk, OverwritesNoPassport) {
  const WalletWorld world;
  SystemRandom random;
  EXPECT_EQ(WhyNot(PassportOnDisk::Make(world.file(), MyPassphrase(), HeldAs::kFile, kLeastCost, random)),
            "already_exists");
  // A beginning that came to nothing is begun again.
  world.Write("empty", "");
  EXPECT_EQ(WhyNot(PassportOnDisk::Make(world.At("empty"), MyPassphrase(), HeldAs::kFile, kLeastCost, random)), "ok");
}

TEST(PassportOnDisk, IsGoneWhenItIsRemoved) {
  const WalletWorld world;
  Result<PassportOnDisk> opened = world.Open(PassportOnDisk::Intent::kChange);
  ASSERT_TRUE(opened.ok());
  ASSERT_TRUE(opened->Remove().ok());
  EXPECT_FALSE(std::filesystem::exists(world.file()));
}

TEST(PassportOnDisk, SaysWhenItCanNotBeWritten) {
  SystemRandom random;
  EXPECT_EQ(WhyNot(PassportOnDisk::Make("/proc/none/my.passport", MyPassphrase(), HeldAs::kFile, kLeastCost, random)),
            "file_unreadable");
}

}  // namespace
}  // namespace passport
