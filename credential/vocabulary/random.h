// Where chance comes in.
#pragma once

#include <cstdint>
#include <span>

namespace passport {

// Bytes nobody can guess. The real one is keys/system_random.h; tests bring a seeded one. Any thread may call.
class Random {
 public:
  virtual ~Random() = default;
  // Fills all of `out`. Ends the process if the system has no randomness: nothing safe can be done without.
  virtual void Fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace passport
