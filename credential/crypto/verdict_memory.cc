#include "credential/crypto/verdict_memory.h"

#include <algorithm>
#include <cstring>

namespace passport {

VerdictMemory::VerdictMemory(std::size_t verdicts)
    : buckets_each_(verdicts / (kStripes * kBucket)), stripes_(std::make_unique<std::array<Stripe, kStripes>>()) {}

VerdictMemory::Place VerdictMemory::PlaceOf(const Digest& verdict) const {
  std::uint64_t first = 0;
  std::memcpy(&first, verdict.data(), sizeof first);
  return {(*stripes_)[first % kStripes], static_cast<std::size_t>(first / kStripes % buckets_each_)};
}

bool VerdictMemory::Holds(const Bucket& bucket, const Digest& verdict) {
  const std::size_t filled = std::min<std::size_t>(bucket.written, kBucket);
  const auto end = bucket.verdicts.begin() + static_cast<std::ptrdiff_t>(filled);
  return std::find(bucket.verdicts.begin(), end, verdict) != end;
}

bool VerdictMemory::Knows(const Digest& verdict) const {
  if (buckets_each_ == 0) return false;
  const Place place = PlaceOf(verdict);
  const std::lock_guard lock(place.stripe.mutex);
  return !place.stripe.buckets.empty() && Holds(place.stripe.buckets[place.bucket], verdict);
}

void VerdictMemory::Remember(const Digest& verdict) {
  if (buckets_each_ == 0) return;
  const Place place = PlaceOf(verdict);
  const std::lock_guard lock(place.stripe.mutex);
  if (place.stripe.buckets.empty()) place.stripe.buckets.resize(buckets_each_);
  Bucket& bucket = place.stripe.buckets[place.bucket];
  if (Holds(bucket, verdict)) return;
  bucket.verdicts[bucket.written % kBucket] = verdict;
  // Counts on past the first round, but never back to "not filled".
  bucket.written = bucket.written + 1 == 2 * kBucket ? kBucket : bucket.written + 1;
}

}  // namespace passport
