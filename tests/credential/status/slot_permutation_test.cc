#include "credential/status/slot_permutation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace passport {
namespace {

using Seed = std::array<std::uint8_t, 16>;

Seed SeedOf(std::uint8_t first) {
  Seed seed{};
  for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(first + 31 * i);
  return seed;
}

std::vector<std::uint32_t> Sequence(const SlotPermutation& permutation) {
  std::vector<std::uint32_t> slots;
  slots.reserve(permutation.size());
  for (std::uint32_t counter = 0; counter < permutation.size(); ++counter) slots.push_back(permutation.SlotOf(counter));
  return slots;
}

// With k cells the sum has a mean of k - 1 and a standard deviation of sqrt(2 (k - 1)); six of those is never by
// chance.
void ExpectEven(const std::vector<std::uint32_t>& counts, std::uint32_t total, std::string_view what) {
  const double expected = static_cast<double>(total) / static_cast<double>(counts.size());
  double sum = 0;
  for (const std::uint32_t count : counts) sum += (count - expected) * (count - expected) / expected;
  const double freedom = static_cast<double>(counts.size() - 1);
  EXPECT_LT(sum, freedom + 6 * std::sqrt(2 * freedom)) << what;
}

TEST(SlotPermutation, HandsOutEverySlotOnce) {
  for (std::uint32_t bits = 8; bits <= 17; ++bits) {
    const SlotPermutation permutation(SeedOf(static_cast<std::uint8_t>(bits)), std::uint32_t{1} << bits);
    ASSERT_EQ(permutation.size(), std::uint32_t{1} << bits);
    std::vector<bool> taken(permutation.size());
    for (const std::uint32_t slot : Sequence(permutation)) {
      ASSERT_LT(slot, permutation.size());
      ASSERT_FALSE(taken[slot]) << slot << " twice at 2^" << bits;
      taken[slot] = true;
    }
  }
}

TEST(SlotPermutation, MakesStrangersOfNeighbours) {
  for (const std::uint32_t bits : {12U, 15U, 16U}) {
    const SlotPermutation permutation(SeedOf(5), std::uint32_t{1} << bits);
    const std::vector<std::uint32_t> slots = Sequence(permutation);
    constexpr std::uint32_t kCells = 64;
    const std::uint32_t cell = permutation.size() / kCells;
    // Where the first eighth goes: all over the list.
    std::vector<std::uint32_t> places(kCells);
    const std::uint32_t early = permutation.size() / 8;
    for (std::uint32_t i = 0; i < early; ++i) ++places[slots[i] / cell];
    ExpectEven(places, early, "places of the first eighth");
    // How far it is from one to the next: any distance.
    std::vector<std::uint32_t> steps(kCells);
    std::uint32_t close = 0;
    for (std::uint32_t i = 0; i + 1 < permutation.size(); ++i) {
      const std::uint32_t step = (slots[i + 1] - slots[i]) & (permutation.size() - 1);
      ++steps[step / cell];
      close += step == 1 || step == permutation.size() - 1 ? 1U : 0U;
    }
    ExpectEven(steps, permutation.size() - 1, "distances");
    EXPECT_LT(close, 20U) << "two are expected by chance";
    // The lowest bits of counter and slot have nothing to do with each other.
    std::vector<std::uint32_t> pairs(64);
    for (std::uint32_t i = 0; i < permutation.size(); ++i) ++pairs[(i & 7U) * 8 + (slots[i] & 7U)];
    ExpectEven(pairs, permutation.size(), "low bits");
  }
}

TEST(SlotPermutation, DependsOnEveryBitOfTheSeed) {
  const Seed seed = SeedOf(9);
  const std::vector<std::uint32_t> slots = Sequence(SlotPermutation(seed, 1024));
  EXPECT_EQ(Sequence(SlotPermutation(seed, 1024)), slots);
  for (std::size_t bit = 0; bit < 128; ++bit) {
    Seed other = seed;
    other[bit / 8] = static_cast<std::uint8_t>(other[bit / 8] ^ (1U << bit % 8));
    const std::vector<std::uint32_t> others = Sequence(SlotPermutation(other, 1024));
    std::uint32_t same = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) same += slots[i] == others[i] ? 1U : 0U;
    EXPECT_LT(same, 12U) << "bit " << bit << ": one is expected by chance";
  }
}

// The order is part of what a store has written down: it never changes. The numbers come from a second implementation.
TEST(SlotPermutation, KeepsItsOrderForever) {
  const SlotPermutation small(Seed{}, 256);
  const SlotPermutation odd(SeedOf(1), 1 << 15);
  const SlotPermutation large(SeedOf(1), 1 << 20);
  const std::vector<std::uint32_t> first = {small.SlotOf(0), small.SlotOf(1),      small.SlotOf(255),
                                            odd.SlotOf(0),   odd.SlotOf(32767),    large.SlotOf(0),
                                            large.SlotOf(1), large.SlotOf(1048575)};
  EXPECT_EQ(first, (std::vector<std::uint32_t>{158, 51, 73, 20961, 16780, 975360, 212519, 575871}));
}

TEST(SlotPermutationDeathTest, EndsTheProcessRatherThanHandOutASlotTwice) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const SlotPermutation permutation(SeedOf(1), 256);
  EXPECT_DEATH(permutation.SlotOf(256), "");
  EXPECT_DEATH(SlotPermutation(SeedOf(1), 128), "");
  EXPECT_DEATH(SlotPermutation(SeedOf(1), 1000), "");
  EXPECT_DEATH(SlotPermutation(SeedOf(1), std::uint32_t{1} << 25), "");
}

}  // namespace
}  // namespace passport
