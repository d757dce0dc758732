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

void PublishLoop::Run() {
  std::unique_lock lock(mutex_);
  Timer::time_point last = Timer::now();
  for (;;) {
    changed_.wait_until(lock, last + interval_, [this] { return stopping_ || woken_; });
    if (!stopping_ && woken_) changed_.wait_until(lock, last + pause_, [this] { return stopping_; });
    if (stopping_ && !woken_) return;
    woken_ = false;
    const bool last_time = stopping_;
    lock.unlock();
    publish_();
    lock.lock();
    last = Timer::now();
    if (last_time) return;
  }
}

}  // namespace passport
