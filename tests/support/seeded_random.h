// Chance that repeats: the same seed gives the same bytes on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <random>
#include <span>

#include "credential/vocabulary/random.h"

namespace passport {

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}

  void Fill(std::span<std::uint8_t> out) override {
    const std::lock_guard lock(mutex_);
    ++calls_;
    bytes_ += out.size();
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(engine_() >> 32);
  }

  // How often and for how much it was asked.
  std::size_t calls() const { return calls_; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
  std::size_t calls_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace passport
