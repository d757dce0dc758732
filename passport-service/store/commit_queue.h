// Lets many callers share one durable write.
//
// Whoever finds nobody writing leads: it takes all that wait, has them written as one group, and hands the lead to the
// next in the queue. One caller alone waits for nobody; thirty-two callers cost about as many disk syncs as two.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <span>

#include "passport-service/ports/changes.h"

namespace passport {

struct PendingCommit {
  explicit PendingCommit(const Changes& given) : changes(&given) {}
  const Changes* changes;
  Commit commit{.outcome = CommitOutcome::kRetry};
  bool done = false;
  std::condition_variable turn;
};

class CommitQueue {
 public:
  static constexpr std::size_t kGroupMax = 256;

  // Decides every commit of the group, in order. Called by one thread at a time, never with an empty group.
  using WriteGroup = std::function<void(std::span<PendingCommit* const>)>;
  explicit CommitQueue(WriteGroup write_group) : write_group_(std::move(write_group)) {}

  // Returns when the changes are decided. Any thread may call.
  Commit Submit(const Changes& changes);

 private:
  void Lead(std::unique_lock<std::mutex>& lock);

  WriteGroup write_group_;
  std::mutex mutex_;
  std::deque<PendingCommit*> waiting_;  // guarded by mutex_; its front leads
};

}  // namespace passport
