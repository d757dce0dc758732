// Chance for the sample world: the same seed gives the same throws on every machine.
//
// SplitMix64 with plain integer arithmetic; the distributions of <random> differ between libraries. Not for secrets.
// One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace passport {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }
  // A number from `low` to `high`, both included; low <= high.
  int Between(int low, int high) {
    const auto width = static_cast<std::uint64_t>(high - low) + 1U;
    return low + static_cast<int>(Next() % width);
  }
  // True `percent` times in a hundred.
  bool Percent(int percent) { return Between(1, 100) <= percent; }
  // An index below `size`; size > 0.
  std::size_t Below(std::size_t size) { return static_cast<std::size_t>(Next() % size); }
  template <class Item>
  const Item& Pick(const std::vector<Item>& items) {
    return items[Below(items.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace passport
