#include "passport-service/publish/publish_loop.h"

#include <algorithm>

namespace passport {

using Timer = std::chrono::steady_clock;

PublishLoop::PublishLoop(std::function<void()> publish, std::chrono::milliseconds interval,
                         std::chrono::milliseconds pause)
    : publish_(std::move(publish)),
      interval_(interval),
      pause_(std::min(pause, interval)),
      thread_([this] { Run(); }) {}

PublishLoop::~PublishLoop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void PublishLoop::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void PublishLoop::WakeIn(std::chrono::milliseconds time) {
  {
    const std::lock_guard lock(mutex_);
    // Beyond an interval there is a publication anyway, which will ask anew.
    const Timer::time_point at = Timer::now() + std::min(time, interval_);
    if (!due_ || at < *due_) due_ = at;
  }
  changed_.notify_all();
}

void PublishLoop::AwaitReason(std::unique_lock<std::mutex>& lock, Timer::time_point last) {
  while (!stopping_ && !woken_) {
    const Timer::time_point until = due_ ? std::min(*due_, last + interval_) : last + interval_;
    if (until <= Timer::now()) break;
    changed_.wait_until(lock, until);
  }
}

void PublishLoop::Run() {
  std::unique_lock lock(mutex_);
  Timer::time_point last = Timer::now();
  for (;;) {
    AwaitReason(lock, last);
    if (!stopping_) changed_.wait_until(lock, last + pause_, [this] { return stopping_; });
    if (stopping_ && !woken_) return;
    woken_ = false;
    if (due_ && *due_ <= Timer::now()) due_.reset();
    const bool last_time = stopping_;
    lock.unlock();
    publish_();
    lock.lock();
    last = Timer::now();
    if (last_time) return;
  }
}

}  // namespace passport
