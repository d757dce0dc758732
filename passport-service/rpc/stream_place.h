// Streams last as long as their callers let them, and each holds a thread: so that they never take every thread, a few
// run at once and the others are told to come again.
#pragma once

#include <atomic>

#include "credential/vocabulary/result.h"

namespace passport {

// One of the `most` places that `taken` counts, for as long as it lives. Any thread.
class StreamPlace {
 public:
  StreamPlace(std::atomic<int>& taken, int most) : taken_(taken), got_(taken.fetch_add(1) < most) {}
  StreamPlace(const StreamPlace&) = delete;
  StreamPlace& operator=(const StreamPlace&) = delete;
  ~StreamPlace() { taken_.fetch_sub(1); }
  // Fails with kStoreUnavailable when there was none.
  Result<void> Check() const {
    if (got_) return {};
    return Fault{Reason::kStoreUnavailable, "", "too many streams of this kind are open; come again later"};
  }

 private:
  std::atomic<int>& taken_;
  const bool got_;
};

}  // namespace passport
