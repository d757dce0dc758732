// In which order the slots of a status list are handed out.
//
// The n-th credential of a list gets SlotOf(n): every slot once, in an order that only the holder of the seed can
// foresee, so neighbours in time are strangers in the list and a published list does not tell who was issued when.
// Nothing has to be remembered but the seed and a counter.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace passport {

// A Feistel network keyed by the seed, with rounds of SHA-256. Immutable; any thread may call. The seed is secret while
// the list is in use.
class SlotPermutation {
 public:
  static constexpr std::uint32_t kSizeMin = std::uint32_t{1} << 8;
  static constexpr std::uint32_t kSizeMax = std::uint32_t{1} << 24;

  // `size` is a power of two in kSizeMin .. kSizeMax; anything else ends the process.
  SlotPermutation(std::span<const std::uint8_t, 16> seed, std::uint32_t size);

  // A bijection of 0 .. size - 1 onto itself. A counter past the end ends the process, because it would hand out a slot
  // twice.
  std::uint32_t SlotOf(std::uint32_t counter) const;
  // The other way: whose slot it is. A slot past the end ends the process.
  std::uint32_t CounterOf(std::uint32_t slot) const;
  std::uint32_t size() const { return std::uint32_t{1} << bits_; }

 private:
  struct Halves {
    std::uint32_t low_bits;
    std::uint32_t low_mask;
    std::uint32_t high_mask;
  };
  Halves HalvesOf() const;
  std::array<std::uint8_t, 16> seed_;
  std::uint32_t bits_;
};

}  // namespace passport
