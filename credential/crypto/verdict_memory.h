// Which signatures were found good before. Bounded; holds digests only, so it says nothing about anybody.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "credential/crypto/sha256.h"

namespace passport {

// Remembers digests, the newest in place of older ones. A digest names everything a verdict depends on (whose key, over
// what, which signature): whoever asks takes care of that. Only what holds is remembered, so forgeries fill nothing.
// Any thread may call.
class VerdictMemory {
 public:
  // What one verdict takes.
  static constexpr std::size_t kBytesEach = 36;

  // Keeps `verdicts` at the most, rounded down to whole buckets; no memory is taken before the first is remembered.
  explicit VerdictMemory(std::size_t verdicts);

  bool Knows(const Digest& verdict) const;
  void Remember(const Digest& verdict);
  std::size_t capacity() const { return kStripes * buckets_each_ * kBucket; }

 private:
  static constexpr std::size_t kStripes = 64;  // each with its own lock
  static constexpr std::size_t kBucket = 8;
  // A verdict stands in the one bucket that its first bytes name, in place of the oldest there.
  struct Bucket {
    std::array<Digest, kBucket> verdicts;
    std::uint32_t written = 0;  // ever; the next one goes to written % kBucket
  };
  struct Stripe {
    mutable std::mutex mutex;
    std::vector<Bucket> buckets;
  };
  // Where a verdict stands.
  struct Place {
    Stripe& stripe;
    std::size_t bucket;
  };
  Place PlaceOf(const Digest& verdict) const;
  static bool Holds(const Bucket& bucket, const Digest& verdict);

  std::size_t buckets_each_;
  std::unique_ptr<std::array<Stripe, kStripes>> stripes_;
};

}  // namespace passport
