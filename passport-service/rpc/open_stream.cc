#include "passport-service/rpc/open_stream.h"

#include <algorithm>
#include <utility>

namespace passport {

using std::chrono::steady_clock;

OpenStream::OpenStream(grpc::ServerContext& context, std::optional<Caller> by, std::string account,
                       CallerLimits& limits, const StreamTerms& terms, std::function<Result<void>()> still_may)
    : context_(context),
      by_(std::move(by)),
      account_(std::move(account)),
      limits_(limits),
      terms_(terms),
      still_may_(std::move(still_may)),
      moved_(steady_clock::now()),
      checked_(moved_) {}

Fault OpenStream::Gone() const {
  const std::lock_guard lock(mutex_);
  if (!ended_.ok()) return ended_.fault();
  return {Reason::kDeadline, "", "the stream was cancelled or lost; call again"};
}

Result<void> OpenStream::Recheck(steady_clock::time_point now) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_.ok()) return ended_;
    if (now - checked_ < terms_.recheck) return {};
    checked_ = now;
  }
  Result<void> may = still_may_();
  if (may.ok()) return may;
  const std::lock_guard lock(mutex_);
  ended_ = may;
  return may;
}

Result<void> OpenStream::GoOn(std::size_t bytes) {
  constexpr std::chrono::milliseconds kStep{100};
  auto now = steady_clock::now();
  auto wait = limits_.Spend(account_, bytes, now);
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      moved_ = now;
    }
    if (context_.IsCancelled()) return Gone();
    TRY(Recheck(now));
    if (wait <= std::chrono::milliseconds(0)) return {};
    const auto step = std::min(wait, kStep);
    std::this_thread::sleep_for(step);
    wait -= step;
    now = steady_clock::now();
  }
}

void OpenStream::Look(steady_clock::time_point now) {
  bool idle = false;
  {
    const std::lock_guard lock(mutex_);
    if (!ended_.ok()) return;
    idle = now - moved_ >= terms_.idle;
    if (idle) ended_ = Fault{Reason::kDeadline, "", "nothing moved on the stream for too long; call again"};
  }
  if (idle || !Recheck(now).ok()) context_.TryCancel();
}

StreamWatch::StreamWatch(std::chrono::milliseconds pace) : pace_(pace), thread_([this] { Run(); }) {}

StreamWatch::~StreamWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void StreamWatch::Run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, pace_, [this] { return stopping_; })) {
    const auto now = steady_clock::now();
    for (OpenStream* const stream : streams_) stream->Look(now);
  }
}

StreamWatch::Watched::Watched(StreamWatch& watch, OpenStream& stream) : watch_(watch) {
  const std::lock_guard lock(watch_.mutex_);
  at_ = watch_.streams_.insert(watch_.streams_.end(), &stream);
}

StreamWatch::Watched::~Watched() {
  const std::lock_guard lock(watch_.mutex_);
  watch_.streams_.erase(at_);
}

}  // namespace passport
