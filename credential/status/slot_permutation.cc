#include "credential/status/slot_permutation.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "credential/crypto/sha256.h"

namespace passport {
namespace {

// Eight rounds look random to anyone; the list is small, so a few more are cheap insurance.
constexpr std::uint8_t kRounds = 12;

// The round function: 32 bits of SHA-256(seed, round, value).
std::uint32_t Mix(const std::array<std::uint8_t, 16>& seed, std::uint8_t round, std::uint32_t value) {
  std::array<std::uint8_t, 21> input{};
  std::copy(seed.begin(), seed.end(), input.begin());
  input[16] = round;
  for (std::size_t i = 0; i < 4; ++i) input[17 + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
  const Digest digest = Sha256(std::span<const std::uint8_t>(input));
  std::uint32_t mixed = 0;
  for (std::size_t i = 0; i < 4; ++i) mixed = mixed << 8 | digest[i];
  return mixed;
}

}  // namespace

SlotPermutation::SlotPermutation(std::span<const std::uint8_t, 16> seed, std::uint32_t size) {
  if (!std::has_single_bit(size) || size < kSizeMin || size > kSizeMax) std::abort();
  std::copy(seed.begin(), seed.end(), seed_.begin());
  bits_ = static_cast<std::uint32_t>(std::countr_zero(size));
}

// The halves differ by a bit when bits_ is odd. They are never swapped: each round changes one by the other, which can
// be undone whatever their widths are, so no slot is hit twice and nothing falls outside the list.
SlotPermutation::Halves SlotPermutation::HalvesOf() const {
  const std::uint32_t low_bits = bits_ / 2;
  return {.low_bits = low_bits,
          .low_mask = (std::uint32_t{1} << low_bits) - 1,
          .high_mask = (std::uint32_t{1} << (bits_ - low_bits)) - 1};
}

std::uint32_t SlotPermutation::SlotOf(std::uint32_t counter) const {
  if (counter >= size()) std::abort();
  const Halves halves = HalvesOf();
  std::uint32_t low = counter & halves.low_mask;
  std::uint32_t high = counter >> halves.low_bits;
  for (std::uint8_t round = 0; round < kRounds; round += 2) {
    low ^= Mix(seed_, round, high) & halves.low_mask;
    high ^= Mix(seed_, static_cast<std::uint8_t>(round + 1), low) & halves.high_mask;
  }
  return high << halves.low_bits | low;
}

std::uint32_t SlotPermutation::CounterOf(std::uint32_t slot) const {
  if (slot >= size()) std::abort();
  const Halves halves = HalvesOf();
  std::uint32_t low = slot & halves.low_mask;
  std::uint32_t high = slot >> halves.low_bits;
  for (std::uint8_t round = kRounds; round > 0; round -= 2) {
    high ^= Mix(seed_, static_cast<std::uint8_t>(round - 1), low) & halves.high_mask;
    low ^= Mix(seed_, static_cast<std::uint8_t>(round - 2), high) & halves.low_mask;
  }
  return high << halves.low_bits | low;
}

}  // namespace passport
