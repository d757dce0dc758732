// The snapshot and the rules in force. One call takes both once and uses them to its end.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "credential/decision/rule_book.h"
#include "credential/trust/trust_snapshot.h"

namespace passport {

// What one publication put in force; both null until the first.
struct Known {
  std::shared_ptr<const TrustSnapshot> trust;
  std::shared_ptr<const RuleBook> rules;
  std::uint64_t events = 0;  // what these events and all before them tell of can be seen in it
};

// Any thread may call.
class CurrentTrust {
 public:
  Known Get() const {
    const std::lock_guard lock(mutex_);
    return known_;
  }
  void Set(Known known) {
    const std::lock_guard lock(mutex_);
    known_ = std::move(known);
  }

 private:
  mutable std::mutex mutex_;
  Known known_;
};

// What is in force, or kRegistryStale when nothing has been published yet.
Result<Known> FindKnown(const CurrentTrust& trust);

}  // namespace passport
