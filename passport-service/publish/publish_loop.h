// Publishes at intervals and soon after a change, in a thread of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace passport {

// Any thread may call.
class PublishLoop {
 public:
  // Calls `publish` every `interval`, and after Wake(), but not twice within `pause`: many changes are one publication.
  // The first call comes after an interval.
  PublishLoop(std::function<void()> publish, std::chrono::milliseconds interval, std::chrono::milliseconds pause);
  // Waits for a publication that is under way; wakes that have not been served are.
  ~PublishLoop();
  PublishLoop(const PublishLoop&) = delete;
  PublishLoop& operator=(const PublishLoop&) = delete;

  // Returns at once.
  void Wake();

 private:
  void Run();
  const std::function<void()> publish_;
  const std::chrono::milliseconds interval_;
  const std::chrono::milliseconds pause_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace passport
