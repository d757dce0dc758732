// What is refused: anything altered, moved, cut, or open to others.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "credential/encoding/base64url.h"
#include "keys/file_descriptor.h"
#include "keys/key_file.h"
#include "keys/sealing.h"
#include "tests/keys/key_store_fixture.h"

namespace passport {
namespace {

class KeyStoreDamage : public KeyStoreFixture {
 protected:
  void SetUp() override {
    KeyStoreFixture::SetUp();
    FileKeyStore store = Open().value();
    kid_ = store.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  }
  std::filesystem::path header() const { return folder() / "keystore"; }
  std::filesystem::path key_file() const { return folder() / (kid_ + ".key"); }
  std::string kid_;
};

std::string Flipped(std::string text, std::size_t bit) {
  text[bit / 8] = static_cast<char>(static_cast<unsigned char>(text[bit / 8]) ^ (1U << (bit % 8)));
  return text;
}

TEST_F(KeyStoreDamage, EveryFlippedBitOfAKeyFileIsRefused) {
  FileKeyStore store = Open().value();
  const std::string text = ReadText(key_file());
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    WriteText(key_file(), Flipped(text, bit));
    const Fault fault = FaultOf(store.Reload());
    ASSERT_EQ(fault.reason, Reason::kKeyStore) << "bit " << bit << ": " << fault.detail;
    ASSERT_NE(fault.detail.find(kid_), std::string::npos) << "the file is not named";
  }
  // A store that is opened afresh reads the same way; a refused one is not changed.
  WriteText(key_file(), Flipped(text, text.size() * 4));
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
  WriteText(key_file(), text);
  EXPECT_TRUE(store.Reload().ok());
  EXPECT_TRUE(Open().ok());
}

TEST_F(KeyStoreDamage, EveryFlippedBitOfTheHeaderIsRefused) {
  const std::string text = ReadText(header());
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    WriteText(header(), Flipped(text, bit));
    ASSERT_EQ(FaultOf(Open()).reason, Reason::kKeyStore) << "bit " << bit;
  }
}

TEST_F(KeyStoreDamage, EveryCutIsRefused) {
  FileKeyStore store = Open().value();
  const std::string key_text = ReadText(key_file());
  for (std::size_t length = 0; length < key_text.size(); ++length) {
    WriteText(key_file(), key_text.substr(0, length));
    ASSERT_EQ(FaultOf(store.Reload()).reason, Reason::kKeyStore) << length;
  }
  for (const std::string& longer : {key_text + "\n", key_text + key_text, key_text + std::string(1 << 20, 'A')}) {
    WriteText(key_file(), longer);
    ASSERT_EQ(FaultOf(store.Reload()).reason, Reason::kKeyStore);
  }
  WriteText(key_file(), key_text);
  const std::string header_text = ReadText(header());
  for (std::size_t length = 0; length < header_text.size(); ++length) {
    WriteText(header(), header_text.substr(0, length));
    ASSERT_EQ(FaultOf(Open()).reason, Reason::kKeyStore) << length;
  }
}

TEST_F(KeyStoreDamage, AHeaderChangedOnPurposeOpensNothing) {
  // The sum at its end can be made again by anyone; the check under the passphrase can not.
  const StoreFile file = ReadStoreFile(ReadText(header())).value();
  const auto with = [&](auto change) {
    StoreHeader changed = file.header;
    change(changed);
    WriteText(header(), StoreFileText(StoreFileClear(changed), file.check));
    return FaultOf(Open()).reason;
  };
  EXPECT_EQ(with([](StoreHeader& header) { header.salt[0] ^= 1; }), Reason::kPassphrase);
  EXPECT_EQ(with([](StoreHeader& header) { header.id[0] ^= 1; }), Reason::kPassphrase);
  EXPECT_EQ(with([](StoreHeader& header) { header.cost.N = 32768; }), Reason::kPassphrase);
  EXPECT_EQ(with([](StoreHeader& header) { header.cost.N = 16383; }), Reason::kKeyStore);
  EXPECT_EQ(with([](StoreHeader& header) { header.cost.N = 16385; }), Reason::kKeyStore);
  EXPECT_EQ(with([](StoreHeader& header) { header.cost.N = 8192; }), Reason::kKeyStore);
  EXPECT_EQ(with([](StoreHeader& header) { header.cost.N = 1U << 31; }), Reason::kKeyStore);
  EXPECT_EQ(with([](StoreHeader& header) { header.cost.r = 1U << 20; }), Reason::kKeyStore);
  EXPECT_EQ(with([](StoreHeader& header) { header.cost.p = 0; }), Reason::kKeyStore);
}

TEST_F(KeyStoreDamage, AnotherVersionIsRefused) {
  std::string text = ReadText(header());
  text.replace(text.find("\"version\":1"), 11, "\"version\":2");
  const std::size_t sum = text.rfind('\n', text.size() - 2) + 1;
  text = text.substr(0, sum) + Sha256Text(text.substr(0, sum)) + "\n";
  WriteText(header(), text);
  const Fault fault = FaultOf(Open());
  EXPECT_EQ(fault.reason, Reason::kKeyStore);
  EXPECT_NE(fault.detail.find("version"), std::string::npos);
}

TEST_F(KeyStoreDamage, AWrongPassphraseIsOneClass) {
  for (const std::string_view words : {"", "x", "correct horse battery stapl", "correct horse battery staple\n"}) {
    EXPECT_EQ(FaultOf(Open(folder(), words)).reason, Reason::kPassphrase) << words;
  }
}

TEST_F(KeyStoreDamage, ALowerCostThanAskedForIsRefused) {
  const Result<FileKeyStore> store = FileKeyStore::Open(folder(), SecretOf(kWords), kProductionCost, random_);
  EXPECT_EQ(FaultOf(store).reason, Reason::kKeyStore);
  const ScryptCost low{.N = 8192, .r = 8, .p = 1};
  EXPECT_EQ(FaultOf(FileKeyStore::Create(folder("low"), SecretOf(kWords), low, random_)).reason, Reason::kKeyStore);
  EXPECT_FALSE(std::filesystem::exists(folder("low")));
}

TEST_F(KeyStoreDamage, TheProductionCostOpens) {
  ASSERT_TRUE(FileKeyStore::Create(folder("real"), SecretOf(kWords), kProductionCost, random_).ok());
  EXPECT_TRUE(FileKeyStore::Open(folder("real"), SecretOf(kWords), kProductionCost, random_).ok());
}

TEST_F(KeyStoreDamage, FilesOfAnotherStoreAreRefused) {
  ASSERT_TRUE(Make(folder("other")).ok());
  std::string other_kid;
  {
    FileKeyStore other = Open(folder("other")).value();
    other_kid = other.Generate(Trust(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  }
  const std::filesystem::path foreign = folder("other") / (other_kid + ".key");
  // A whole key file of a store with the same passphrase.
  std::filesystem::copy_file(foreign, folder() / (other_kid + ".key"));
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
  std::filesystem::remove(folder() / (other_kid + ".key"));
  ASSERT_TRUE(Open().ok());
  // The store's header, with the same passphrase.
  const std::string own = ReadText(header());
  WriteText(header(), ReadText(folder("other") / "keystore"));
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
  WriteText(header(), own);
  // The clear line of one on the seal of the other, with the store's name set right.
  KeyFile mine = ReadKeyFile(ReadText(key_file())).value();
  const KeyFile theirs = ReadKeyFile(ReadText(foreign)).value();
  const std::string text = ReadText(key_file());
  WriteText(key_file(), KeyFileText(mine.clear, theirs.sealed));
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
  // Every member of the clear line is bound to the seal.
  const auto with = [&](auto change) {
    KeyInfo changed = mine.info;
    change(changed);
    WriteText(key_file(), KeyFileText(KeyFileClear(mine.store, changed), mine.sealed));
    return FaultOf(Open()).reason;
  };
  EXPECT_EQ(with([](KeyInfo& info) { info.role = KeyRole::kStatus; }), Reason::kKeyStore);
  EXPECT_EQ(with([](KeyInfo& info) { info.owner = Council(); }), Reason::kKeyStore);
  EXPECT_EQ(with([](KeyInfo& info) { info.created_at = kNow + Seconds{1}; }), Reason::kKeyStore);
  EXPECT_EQ(with([](KeyInfo& info) { info.activated_at = kNow + Seconds{1}; }), Reason::kKeyStore);
  WriteText(key_file(), text);
  EXPECT_TRUE(Open().ok());
}

TEST_F(KeyStoreDamage, TwoKeyFilesCanNotChangePlaces) {
  std::string other;
  {
    FileKeyStore store = Open().value();
    other = store.Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow).value();
  }
  const std::string mine = ReadText(key_file());
  WriteText(key_file(), ReadText(folder() / (other + ".key")));
  WriteText(folder() / (other + ".key"), mine);
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
}

TEST_F(KeyStoreDamage, AnOpenStoreNoticesAnOlderFile) {
  FileKeyStore store = Open().value();
  const std::string before = ReadText(key_file());
  ASSERT_TRUE(store.ChangeState(kid_, KeyState::kCompromised, kNow).ok());
  const std::string after = ReadText(key_file());
  WriteText(key_file(), before);
  EXPECT_EQ(FaultOf(store.Reload()).reason, Reason::kKeyStore);
  std::filesystem::remove(key_file());
  EXPECT_EQ(FaultOf(store.Reload()).reason, Reason::kKeyStore);
  EXPECT_EQ(store.List().size(), 1U);
  WriteText(key_file(), after);
  EXPECT_TRUE(store.Reload().ok());
}

TEST_F(KeyStoreDamage, LoosePermissionsAreRefusedAndNamed) {
  for (const ::mode_t mode : {0640U, 0604U, 0644U, 0660U, 0700U, 0400U, 04600U}) {
    for (const std::filesystem::path& file : {header(), key_file()}) {
      ASSERT_EQ(::chmod(file.c_str(), mode), 0);
      const Fault fault = FaultOf(Open());
      EXPECT_EQ(fault.reason, Reason::kKeyPermissions) << std::oct << mode;
      EXPECT_NE(fault.detail.find(file.filename().string()), std::string::npos) << fault.detail;
      ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
    }
  }
  for (const ::mode_t mode : {0750U, 0701U, 0777U, 01700U}) {
    ASSERT_EQ(::chmod(folder().c_str(), mode), 0);
    EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyPermissions) << std::oct << mode;
  }
  ASSERT_EQ(::chmod(folder().c_str(), 0700), 0);
  EXPECT_TRUE(Open().ok());
}

TEST_F(KeyStoreDamage, FilesOfAnotherUserAreRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  for (const std::filesystem::path& path : {header(), key_file(), folder()}) {
    ASSERT_EQ(::chown(path.c_str(), 65534, 65534), 0);
    EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyPermissions);
    ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
  }
}

TEST_F(KeyStoreDamage, LinksAndOtherThingsAreRefused) {
  std::filesystem::rename(key_file(), folder("elsewhere"));
  std::filesystem::create_symlink(folder("elsewhere"), key_file());
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
  std::filesystem::remove(key_file());
  ASSERT_EQ(::mkfifo(key_file().c_str(), 0600), 0);
  EXPECT_EQ(FaultOf(Open()).reason, Reason::kKeyStore);
}

TEST_F(KeyStoreDamage, AStoreIsMadeOnlyWhereNothingIs) {
  EXPECT_EQ(FaultOf(Make(folder())).reason, Reason::kAlreadyExists);
  EXPECT_EQ(FaultOf(Make(folder("no") / "such")).reason, Reason::kKeyStore);
  EXPECT_EQ(FaultOf(Open(folder("none"))).reason, Reason::kKeyStore);
  std::filesystem::create_directory(folder("loose"));
  ASSERT_EQ(::chmod(folder("loose").c_str(), 0755), 0);
  EXPECT_EQ(FaultOf(Make(folder("loose"))).reason, Reason::kKeyPermissions);
  ASSERT_EQ(::chmod(folder("loose").c_str(), 0700), 0);
  EXPECT_TRUE(Make(folder("loose")).ok());
  EXPECT_EQ(FaultOf(FileKeyStore::Create(folder("new"), Secret(), kLeastCost, random_)).reason, Reason::kPassphrase);
}

TEST_F(KeyStoreDamage, TwoWritersDoNotWriteAtOnce) {
  FileKeyStore store = Open().value();
  {
    const FileDescriptor other(::open(folder().c_str(), O_RDONLY | O_DIRECTORY));
    ASSERT_EQ(::flock(other.get(), LOCK_EX), 0);
    const Fault fault = FaultOf(store.Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow));
    EXPECT_EQ(fault.reason, Reason::kKeyStore);
    EXPECT_NE(fault.detail.find("in use"), std::string::npos);
    EXPECT_TRUE(Open().ok());  // readers do not mind
  }
  EXPECT_TRUE(store.Generate(Council(), KeyRole::kIssue, KeyState::kActive, kNow).ok());
}

}  // namespace
}  // namespace passport
