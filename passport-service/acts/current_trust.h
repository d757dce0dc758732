// The snapshot in force. One call takes it once and uses it to its end.
#pragma once

#include <memory>
#include <mutex>

#include "credential/trust/trust_snapshot.h"

namespace passport {

// Any thread may call.
class CurrentTrust {
 public:
  // Null until the first publication.
  std::shared_ptr<const TrustSnapshot> Get() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
  }
  void Set(std::shared_ptr<const TrustSnapshot> snapshot) {
    const std::lock_guard lock(mutex_);
    snapshot_ = std::move(snapshot);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const TrustSnapshot> snapshot_;
};

}  // namespace passport
