#include "credential/crypto/issuer_memory.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/token_forge.h"

namespace passport {
namespace {

const Digest kRegistryOne = Sha256("registry 1");
const Digest kRegistryTwo = Sha256("registry 2");

struct Token {
  Digest digest;
  Signature signature;
};

Token TokenOf(PrivateKey& key, int number) {
  const Digest digest = Sha256("token " + std::to_string(number));
  const Result<Signature> signature = key.Sign(digest);
  EXPECT_TRUE(signature.ok());
  return {digest, *signature};
}

bool Ask(IssuerMemory& memory, const PrivateKey& key, const Token& token, const Digest& registry = kRegistryOne) {
  return memory.Verify(registry, key.public_key(), token.digest, token.signature);
}

TEST(IssuerMemory, AnswersASecondTimeFromMemory) {
  IssuerMemory memory({.tables = 0, .sightings = 0, .verdicts = 1024});
  PrivateKey key = NewKey();
  const Token token = TokenOf(key, 1);
  EXPECT_TRUE(Ask(memory, key, token));
  EXPECT_EQ(memory.counts().remembered, 0U);
  EXPECT_TRUE(Ask(memory, key, token));
  EXPECT_EQ(memory.counts().remembered, 1U);
  EXPECT_EQ(memory.counts().stock, 1U);
}

TEST(IssuerMemory, NeverTakesAnotherTokenSignatureOrKeyForTheOneItKnows) {
  IssuerMemory memory({.tables = 2, .sightings = 1, .verdicts = 1024});
  PrivateKey key = NewKey();
  PrivateKey other = NewKey();
  const Token token = TokenOf(key, 1);
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(Ask(memory, key, token));
    EXPECT_FALSE(Ask(memory, other, token));
    for (std::size_t i = 0; i < 32; ++i) {
      Token altered = token;
      altered.digest[i] ^= 0x10;
      EXPECT_FALSE(Ask(memory, key, altered));
    }
    for (std::size_t i = 0; i < 64; ++i) {
      Token altered = token;
      altered.signature[i] ^= 0x10;
      EXPECT_FALSE(Ask(memory, key, altered));
    }
  }
  EXPECT_EQ(memory.counts().remembered, 2U) << "the good one, twice";
}

TEST(IssuerMemory, ForgetsEveryVerdictWithTheRegistryItWasFoundUnder) {
  IssuerMemory memory({.tables = 0, .sightings = 0, .verdicts = 1024});
  PrivateKey key = NewKey();
  const Token token = TokenOf(key, 1);
  EXPECT_TRUE(Ask(memory, key, token, kRegistryOne));
  EXPECT_TRUE(Ask(memory, key, token, kRegistryTwo));
  EXPECT_EQ(memory.counts().remembered, 0U);
  EXPECT_EQ(memory.counts().stock, 2U);
}

TEST(IssuerMemory, MakesATableOfAKeyThatIsSeenOftenEnough) {
  IssuerMemory memory({.tables = 1, .sightings = 3, .verdicts = 0});
  PrivateKey key = NewKey();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(memory.tables(), 0U) << i;
    EXPECT_TRUE(Ask(memory, key, TokenOf(key, i)));
  }
  EXPECT_EQ(memory.tables(), 1U);
  EXPECT_EQ(memory.counts().by_table, 0U);
  EXPECT_TRUE(Ask(memory, key, TokenOf(key, 4)));
  EXPECT_EQ(memory.counts().by_table, 1U);
  EXPECT_EQ(memory.counts().stock, 3U);
}

TEST(IssuerMemory, MakesNoTableForForgeries) {
  IssuerMemory memory({.tables = 1, .sightings = 1, .verdicts = 1024});
  PrivateKey key = NewKey();
  PrivateKey stranger = NewKey();
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(Ask(memory, key, TokenOf(stranger, i)));
  EXPECT_EQ(memory.tables(), 0U);
  EXPECT_EQ(memory.counts().tables_made, 0U);
}

TEST(IssuerMemory, DropsTheTableThatWasUsedLongestAgo) {
  IssuerMemory memory({.tables = 2, .sightings = 1, .verdicts = 0});
  PrivateKey first = NewKey();
  PrivateKey second = NewKey();
  PrivateKey third = NewKey();
  EXPECT_TRUE(Ask(memory, first, TokenOf(first, 0)));
  EXPECT_TRUE(Ask(memory, second, TokenOf(second, 0)));
  EXPECT_TRUE(Ask(memory, first, TokenOf(first, 1))) << "by its table: the other is the older one now";
  EXPECT_TRUE(Ask(memory, third, TokenOf(third, 0)));
  EXPECT_EQ(memory.tables(), 2U);
  EXPECT_EQ(memory.counts().by_table, 1U);
  EXPECT_TRUE(Ask(memory, first, TokenOf(first, 2)));
  EXPECT_TRUE(Ask(memory, third, TokenOf(third, 1)));
  EXPECT_EQ(memory.counts().by_table, 3U);
  EXPECT_TRUE(Ask(memory, second, TokenOf(second, 1)));
  EXPECT_EQ(memory.counts().by_table, 3U) << "its table is gone";
}

TEST(IssuerMemory, StaysWithinItsBoundForAnyNumberOfKeys) {
  IssuerMemory memory({.tables = 1, .sightings = 2, .verdicts = 0});
  std::vector<PrivateKey> keys;
  for (int i = 0; i < 12; ++i) keys.push_back(NewKey());
  for (int round = 0; round < 4; ++round) {
    for (PrivateKey& key : keys) EXPECT_TRUE(Ask(memory, key, TokenOf(key, round)));
    EXPECT_LE(memory.tables(), 1U);
  }
  EXPECT_EQ(memory.counts().tables_made, 0U) << "each was forgotten before it came again";
  for (PrivateKey& key : keys) {
    EXPECT_TRUE(Ask(memory, key, TokenOf(key, 4)));
    EXPECT_TRUE(Ask(memory, key, TokenOf(key, 5)));
    EXPECT_LE(memory.tables(), 1U);
  }
  EXPECT_EQ(memory.counts().tables_made, keys.size());
}

TEST(IssuerMemory, AnswersManyThreadsAtOnce) {
  IssuerMemory memory({.tables = 2, .sightings = 5, .verdicts = 1024});
  std::vector<PrivateKey> keys;
  for (int i = 0; i < 3; ++i) keys.push_back(NewKey());
  std::vector<std::vector<Token>> tokens(keys.size());
  for (std::size_t k = 0; k < keys.size(); ++k) {
    for (int i = 0; i < 20; ++i) tokens[k].push_back(TokenOf(keys[k], i));
  }
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < 20; ++i) {
        for (std::size_t k = 0; k < keys.size(); ++k) {
          if (!Ask(memory, keys[k], tokens[k][i])) ++wrong;
          if (Ask(memory, keys[(k + 1) % keys.size()], tokens[k][i])) ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_LE(memory.tables(), 2U);
}

}  // namespace
}  // namespace passport
