#include "passport-service/acts/decoys.h"

#include <array>
#include <bit>
#include <map>
#include <vector>

namespace passport {
namespace {

constexpr std::uint8_t kRevokedEntry = 1;
constexpr std::uint8_t kSuspendedEntry = 2;
constexpr std::uint32_t kBesideMax = 4;
constexpr int kFirstBitsMin = 4;            // sixteen
constexpr std::uint32_t kFirstShare = 128;  // of the list, at most

// Below `bound`; for a bound this small the bias of a remainder of 64 bits is nothing.
std::uint32_t Draw(std::uint32_t bound, Random& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.Fill(bytes);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return static_cast<std::uint32_t>(number % bound);
}

using EntryMap = std::map<std::uint32_t, std::uint8_t>;
EntryMap MapOf(std::span<const Statuses::Entry> entries) {
  EntryMap map;
  for (const Statuses::Entry& entry : entries) map.emplace_hint(map.end(), entry.index, entry.value);
  return map;
}

struct RealChange {
  std::uint8_t from;
  std::uint8_t to;
};

// Sets decoys of one list, on the state it has.
class Shadow {
 public:
  Shadow(const StatusListRow& list, EntryMap entries, Random& random)
      : list_(list), permutation_(PermutationOf(list)), entries_(std::move(entries)), random_(random) {
    for (const auto& [index, value] : entries_) {
      if (value == kSuspendedEntry && IsDecoy(list_, permutation_, index)) suspended_.push_back(index);
    }
  }
  bool IsReal(std::uint32_t index) const { return !IsDecoy(list_, permutation_, index); }
  void SetFresh(std::uint8_t value) {
    const std::uint32_t decoys = list_.size - list_.first_decoy();
    if (decoys == 0) return;
    const std::uint32_t index = permutation_.SlotOf(list_.first_decoy() + Draw(decoys, random_));
    if (!entries_.contains(index)) Set(index, value);
  }
  void Follow(RealChange change) {
    for (std::uint32_t left = 1 + Draw(kBesideMax, random_); left > 0; --left) {
      if (change.from == kSuspendedEntry && change.to != kSuspendedEntry && !suspended_.empty()) {
        const std::uint32_t at = Draw(static_cast<std::uint32_t>(suspended_.size()), random_);
        Set(suspended_[at], change.to);
        suspended_.erase(suspended_.begin() + at);
      } else if (change.to != 0) {
        SetFresh(change.to);
      }
    }
  }
  Changes Take() && { return std::move(changes_); }

 private:
  void Set(std::uint32_t index, std::uint8_t value) {
    entries_[index] = value;
    changes_.emplace_back(SetStatus{{list_.organisation, list_.number, index}, value});
  }
  const StatusListRow& list_;
  SlotPermutation permutation_;
  EntryMap entries_;
  Random& random_;
  std::vector<std::uint32_t> suspended_;  // decoys that were so before
  Changes changes_;
};

}  // namespace

SlotPermutation PermutationOf(const StatusListRow& list) {
  return {std::span<const std::uint8_t, 16>(reinterpret_cast<const std::uint8_t*>(list.seed.data()), 16), list.size};
}

bool IsDecoy(const StatusListRow& list, const SlotPermutation& permutation, std::uint32_t slot) {
  return permutation.CounterOf(slot) >= list.first_decoy();
}

Changes FirstDecoys(const StatusListRow& list, Random& random) {
  const int bits_max = static_cast<int>(std::bit_width(list.size / kFirstShare)) - 1;
  if (bits_max <= kFirstBitsMin) return {};
  const std::uint32_t magnitude =
      std::uint32_t{1} << (kFirstBitsMin + Draw(static_cast<std::uint32_t>(bits_max - kFirstBitsMin), random));
  Shadow shadow(list, {}, random);
  for (std::uint32_t left = magnitude + Draw(magnitude, random); left > 0; --left) shadow.SetFresh(kRevokedEntry);
  return std::move(shadow).Take();
}

Changes DecoysBeside(const StatusListRow& list, std::span<const Statuses::Entry> before,
                     std::span<const Statuses::Entry> now, Random& random) {
  const EntryMap old_entries = MapOf(before);
  EntryMap entries = MapOf(now);
  std::map<std::uint32_t, RealChange> changed;
  for (const auto& [index, value] : entries) {
    const auto was = old_entries.find(index);
    const std::uint8_t from = was == old_entries.end() ? std::uint8_t{0} : was->second;
    if (from != value) changed[index] = {from, value};
  }
  for (const auto& [index, value] : old_entries) {
    if (!entries.contains(index)) changed[index] = {value, 0};
  }
  Shadow shadow(list, std::move(entries), random);
  std::erase_if(changed, [&](const auto& change) { return !shadow.IsReal(change.first); });
  if (changed.size() > kShadowedMax) return {};
  for (const auto& [index, change] : changed) shadow.Follow(change);
  return std::move(shadow).Take();
}

}  // namespace passport
