// Publishes at intervals and soon after a change, in a thread of its own.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace passport {

// How often to publish so that no change waits longer than `within`: at once when somebody says so, but several changes
// in a quarter of the time (a second at most) together; by itself after half of it, for what nobody has said; and again
// after a quarter of it when a publication failed. What is left is for the work itself.
struct PublishPace {
  explicit PublishPace(std::chrono::milliseconds within)
      : interval(within / 2),
        pause(std::min<std::chrono::milliseconds>(std::chrono::seconds(1), within / 4)),
        retry(within / 4) {}
  std::chrono::milliseconds interval;
  std::chrono::milliseconds pause;
  std::chrono::milliseconds retry;
};

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
  // The same after so long; one that was to come sooner does. Also from within `publish`.
  void WakeIn(std::chrono::milliseconds time);

 private:
  void Run();
  void AwaitReason(std::unique_lock<std::mutex>& lock, std::chrono::steady_clock::time_point last);
  const std::function<void()> publish_;
  const std::chrono::milliseconds interval_;
  const std::chrono::milliseconds pause_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  std::optional<std::chrono::steady_clock::time_point> due_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace passport
