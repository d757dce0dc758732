#include "keys/key_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/keys/key_store_fixture.h"

namespace passport {
namespace {

// The fenced blocks of the page: the store's file, two key files, the file of a store in a token.
std::vector<std::string> BlocksOfThePage() {
  const std::string page = ReadText("docs/formats/key-store.md");
  std::vector<std::string> blocks;
  std::size_t at = 0;
  while ((at = page.find("\n```text\n", at)) != std::string::npos) {
    at += 9;
    const std::size_t end = page.find("```", at);
    blocks.push_back(page.substr(at, end - at));
    at = end;
  }
  return blocks;
}

TEST(KeyFile, ThePagesExamplesAreRead) {
  const std::vector<std::string> blocks = BlocksOfThePage();
  ASSERT_EQ(blocks.size(), 4U);
  const StoreFile store = ReadStoreFile(blocks[0]).value();
  EXPECT_EQ(store.header.cost, kProductionCost);
  const KeyFile issue = ReadKeyFile(blocks[1]).value();
  EXPECT_EQ(issue.store, store.header.id);
  EXPECT_EQ(issue.info.owner.text(), "ods:RC9");
  EXPECT_EQ(issue.info.role, KeyRole::kIssue);
  EXPECT_EQ(issue.info.state, KeyState::kRetired);
  EXPECT_EQ(issue.info.created_at, Instant{1795000000});
  EXPECT_EQ(issue.info.activated_at, Instant{1795604800});
  EXPECT_EQ(issue.info.retired_at, Instant{1827140800});
  const KeyFile seal = ReadKeyFile(blocks[2]).value();
  EXPECT_EQ(seal.info.owner, KeyOwner::Service());
  EXPECT_EQ(seal.info.role, KeyRole::kSeal);
  const TokenFile token = ReadTokenFile(blocks[3]).value();
  EXPECT_EQ(token.id, store.header.id);
  EXPECT_EQ(token.token, "region");
}

TEST(KeyFile, ATokensFileIsNoFolderStoresFileAndHasNoNearMisses) {
  const std::string text = BlocksOfThePage()[3];
  const TokenFile file = ReadTokenFile(text).value();
  EXPECT_EQ(KeyFileText(TokenFileClear(file.id, file.token), file.mac), text);
  EXPECT_FALSE(ReadStoreFile(text).ok());
  EXPECT_FALSE(ReadTokenFile(BlocksOfThePage()[0]).ok());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return ReadTokenFile(changed).ok();
  };
  EXPECT_FALSE(with("\"version\":1", "\"version\":2"));
  EXPECT_FALSE(with("\"region\"", "\"\""));
  EXPECT_FALSE(with("\"region\"", "\"" + std::string(33, 'r') + "\""));
  EXPECT_TRUE(with("\"region\"", "\"" + std::string(32, 'r') + "\"")) << "as long as labels are";
  EXPECT_FALSE(with("\"token\":", "\"label\":"));
  EXPECT_FALSE(with(",\"version\"", ", \"version\""));
  EXPECT_FALSE(ReadTokenFile(text + "\n").ok());
  EXPECT_FALSE(ReadTokenFile(text.substr(0, text.size() - 1)).ok());
}

TEST(KeyFile, ASecretKeyIsNeverPublishedAndOthersSayWhen) {
  const auto with_time = [](std::size_t block) {
    std::string text = BlocksOfThePage()[block];
    const std::string before = "\"created_at\":1795000000,";
    text.replace(text.find(before), before.size(), before + "\"published_at\":1795000060,");
    return ReadKeyFile(text);
  };
  EXPECT_EQ(with_time(1)->info.published_at, Instant{1795000060});
  EXPECT_FALSE(with_time(2).ok());
}

TEST(KeyFile, WritesWhatItReads) {
  const std::vector<std::string> blocks = BlocksOfThePage();
  ASSERT_EQ(blocks.size(), 4U);
  const StoreFile store = ReadStoreFile(blocks[0]).value();
  EXPECT_EQ(StoreFileText(StoreFileClear(store.header), store.check), blocks[0]);
  for (const std::string& block : {blocks[1], blocks[2]}) {
    const KeyFile key = ReadKeyFile(block).value();
    EXPECT_EQ(KeyFileText(KeyFileClear(key.store, key.info), key.sealed), block);
  }
}

TEST(KeyFile, RefusesNearMisses) {
  const std::vector<std::string> blocks = BlocksOfThePage();
  ASSERT_EQ(blocks.size(), 4U);
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = blocks[1];
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return FaultOf(ReadKeyFile(text)).reason;
  };
  EXPECT_EQ(with("\"version\":1", "\"version\":2"), Reason::kKeyStore);
  EXPECT_EQ(with("\"version\":1", "\"version\":1.0"), Reason::kKeyStore);
  EXPECT_EQ(with("\"version\":1", "\"version\": 1"), Reason::kKeyStore);
  EXPECT_EQ(with("\"version\":1,", ""), Reason::kKeyStore);
  EXPECT_EQ(with("staff-passport key", "staff-passport key store"), Reason::kKeyStore);
  EXPECT_EQ(with("\"role\":\"issue\"", "\"role\":\"sign\""), Reason::kKeyStore);
  EXPECT_EQ(with("\"ods:RC9\"", "\"RC9\""), Reason::kKeyStore);
  EXPECT_EQ(with("\"state\":\"retired\"", "\"state\":\"active\""), Reason::kKeyStore);
  EXPECT_EQ(with("\"state\":\"retired\"", "\"state\":\"compromised\""), Reason::kKeyStore);
  EXPECT_EQ(with(",\"retired_at\":1827140800", ""), Reason::kKeyStore);
  EXPECT_EQ(with("1827140800", "\"1827140800\""), Reason::kKeyStore);
  EXPECT_EQ(with("1827140800", "1e99"), Reason::kKeyStore);
  EXPECT_EQ(with("}\n", ",\"note\":\"x\"}\n"), Reason::kKeyStore);
  EXPECT_EQ(with("}\n", "}\r\n"), Reason::kKeyStore);
  EXPECT_EQ(with("}\n", "}\n\n"), Reason::kKeyStore);
  EXPECT_EQ(FaultOf(ReadKeyFile(blocks[1] + "x")).reason, Reason::kKeyStore);
  EXPECT_EQ(FaultOf(ReadKeyFile(blocks[0])).reason, Reason::kKeyStore);
  EXPECT_EQ(FaultOf(ReadStoreFile(blocks[1])).reason, Reason::kKeyStore);
  EXPECT_EQ(FaultOf(ReadKeyFile("")).reason, Reason::kKeyStore);
  EXPECT_EQ(FaultOf(ReadKeyFile(std::string(kKeyFileBytesMax + 1, '\n'))).reason, Reason::kKeyStore);
}

}  // namespace
}  // namespace passport
