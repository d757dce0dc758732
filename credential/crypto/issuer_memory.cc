#include "credential/crypto/issuer_memory.h"

#include <algorithm>
#include <iterator>

namespace passport {
namespace {

// Everything the verdict depends on, in one fixed order.
Digest NameOfVerdict(const Digest& registry, const P256Point& key, const Digest& digest, const Signature& signature) {
  std::array<std::uint8_t, 2 * sizeof(Digest) + sizeof(P256Point) + sizeof(Signature)> all;
  auto at = std::copy(registry.begin(), registry.end(), all.begin());
  at = std::copy(key.begin(), key.end(), at);
  at = std::copy(digest.begin(), digest.end(), at);
  std::copy(signature.begin(), signature.end(), at);
  return Sha256(all);
}

}  // namespace

IssuerMemory::IssuerMemory(Limits limits) : limits_(limits), verdicts_(limits.verdicts) {}

bool IssuerMemory::Verify(const Digest& registry, const PublicKey& key, const Digest& digest,
                          const Signature& signature) {
  const bool keeps = limits_.verdicts != 0;
  const Digest verdict = keeps ? NameOfVerdict(registry, key.point(), digest, signature) : Digest{};
  if (keeps && verdicts_.Knows(verdict)) {
    remembered_.fetch_add(1, std::memory_order_relaxed);
    return true;
  }
  const std::shared_ptr<const KeyTable> table = TableOf(key);
  (table != nullptr ? by_table_ : stock_).fetch_add(1, std::memory_order_relaxed);
  const bool holds = table != nullptr ? table->Verify(digest, signature) : key.Verify(digest, signature);
  if (!holds) return false;
  if (keeps) verdicts_.Remember(verdict);
  if (table == nullptr) Count(key);
  return true;
}

IssuerMemory::Counts IssuerMemory::counts() const {
  return {.remembered = remembered_, .by_table = by_table_, .stock = stock_, .tables_made = tables_made_};
}

std::size_t IssuerMemory::tables() const {
  const std::lock_guard lock(mutex_);
  return tables_;
}

std::shared_ptr<const KeyTable> IssuerMemory::TableOf(const PublicKey& key) {
  if (limits_.tables == 0) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key.point());
  if (found == by_key_.end()) return nullptr;
  seen_.splice(seen_.begin(), seen_, found->second);
  return found->second->table;
}

IssuerMemory::Seen& IssuerMemory::Touch(const P256Point& key) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    seen_.splice(seen_.begin(), seen_, found->second);
    return seen_.front();
  }
  if (seen_.size() == limits_.tables * kSeenPerTable) {
    const Seen& oldest = seen_.back();
    if (oldest.table != nullptr) --tables_;
    by_key_.erase(oldest.key);
    seen_.pop_back();
  }
  seen_.push_front({.key = key, .table = nullptr});
  by_key_.emplace(key, seen_.begin());
  return seen_.front();
}

void IssuerMemory::DropOldestTable() {
  const auto oldest =
      std::find_if(seen_.rbegin(), seen_.rend(), [](const Seen& seen) { return seen.table != nullptr; });
  if (oldest == seen_.rend()) return;
  // Whoever verifies with it keeps it until then.
  oldest->table = nullptr;
  oldest->signatures = 0;
  --tables_;
}

void IssuerMemory::Count(const PublicKey& key) {
  if (limits_.tables == 0) return;
  {
    const std::lock_guard lock(mutex_);
    Seen& seen = Touch(key.point());
    if (seen.table != nullptr || ++seen.signatures < limits_.sightings || making_) return;
    making_ = true;
  }
  // Others go on meanwhile, without it.
  std::shared_ptr<const KeyTable> table = KeyTable::Build(key);
  const std::lock_guard lock(mutex_);
  Seen& seen = Touch(key.point());
  making_ = false;
  seen.signatures = 0;
  if (table == nullptr) return;
  if (tables_ == limits_.tables) DropOldestTable();
  seen.table = std::move(table);
  ++tables_;
  tables_made_.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace passport
