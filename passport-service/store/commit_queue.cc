#include "passport-service/store/commit_queue.h"

#include <algorithm>
#include <vector>

namespace passport {

Commit CommitQueue::Submit(const Changes& changes) {
  PendingCommit mine(changes);
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  mine.turn.wait(lock, [&] { return mine.done || waiting_.front() == &mine; });
  if (!mine.done) Lead(lock);
  return mine.commit;
}

void CommitQueue::Lead(std::unique_lock<std::mutex>& lock) {
  const auto size = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kGroupMax));
  const std::vector<PendingCommit*> group(waiting_.begin(), waiting_.begin() + size);
  lock.unlock();
  write_group_(group);
  lock.lock();
  waiting_.erase(waiting_.begin(), waiting_.begin() + size);
  // Under the lock: a waiter that sees `done` returns and its condition variable is gone.
  for (PendingCommit* const member : group) {
    member->done = true;
    member->turn.notify_one();
  }
  if (!waiting_.empty()) waiting_.front()->turn.notify_one();
}

}  // namespace passport
