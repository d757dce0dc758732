#include "credential/crypto/verdict_memory.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace passport {
namespace {

Digest Numbered(int i) { return Sha256("verdict " + std::to_string(i)); }

TEST(VerdictMemory, KnowsWhatItWasToldAndNothingElse) {
  VerdictMemory memory(4096);
  for (int i = 0; i < 500; ++i) {
    EXPECT_FALSE(memory.Knows(Numbered(i)));
    memory.Remember(Numbered(i));
    EXPECT_TRUE(memory.Knows(Numbered(i)));
  }
  for (int i = 500; i < 1000; ++i) EXPECT_FALSE(memory.Knows(Numbered(i)));
}

// The first bytes choose the place; all of them decide.
TEST(VerdictMemory, ComparesEveryByte) {
  VerdictMemory memory(4096);
  const Digest verdict = Numbered(0);
  memory.Remember(verdict);
  for (std::size_t i = 0; i < verdict.size(); ++i) {
    Digest other = verdict;
    other[i] ^= 1;
    EXPECT_FALSE(memory.Knows(other)) << i;
  }
}

TEST(VerdictMemory, DoesNotKnowTheEmptyDigestByItself) {
  VerdictMemory memory(4096);
  memory.Remember(Numbered(0));
  EXPECT_FALSE(memory.Knows(Digest{}));
  memory.Remember(Digest{});
  EXPECT_TRUE(memory.Knows(Digest{}));
}

TEST(VerdictMemory, KeepsTheNewestWithinItsBound) {
  VerdictMemory memory(1024);
  EXPECT_EQ(memory.capacity(), 1024U);
  for (int i = 0; i < 20'000; ++i) memory.Remember(Numbered(i));
  EXPECT_TRUE(memory.Knows(Numbered(19'999)));
  int known = 0;
  for (int i = 0; i < 20'000; ++i) known += memory.Knows(Numbered(i)) ? 1 : 0;
  EXPECT_LE(known, 1024);
  EXPECT_GT(known, 512);
  for (int i = 0; i < 10'000; ++i) EXPECT_FALSE(memory.Knows(Numbered(i))) << i;
}

TEST(VerdictMemory, DoesNotSpendRoomOnTheSameVerdictTwice) {
  VerdictMemory memory(512);
  memory.Remember(Numbered(1));
  for (int i = 0; i < 100; ++i) memory.Remember(Numbered(2));
  EXPECT_TRUE(memory.Knows(Numbered(1)));
}

TEST(VerdictMemory, WithoutRoomRemembersNothing) {
  for (const std::size_t verdicts : {0U, 1U, 511U}) {
    VerdictMemory memory(verdicts);
    EXPECT_EQ(memory.capacity(), 0U);
    memory.Remember(Numbered(0));
    EXPECT_FALSE(memory.Knows(Numbered(0)));
  }
}

TEST(VerdictMemory, IsUsedByManyThreadsAtOnce) {
  VerdictMemory memory(65'536);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&memory, t] {
      for (int i = 0; i < 1000; ++i) memory.Remember(Numbered(t % 2 * 1000 + i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 2000; ++i) EXPECT_TRUE(memory.Knows(Numbered(i))) << i;
}

}  // namespace
}  // namespace passport
