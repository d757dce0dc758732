// Streams under way. They last as long as their callers let them: so whether the caller still may is asked again while
// they are open, and one on which nothing moves is cut.
#pragma once

#include <grpcpp/server_context.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "passport-service/acts/caller.h"
#include "passport-service/rpc/caller_limits.h"

namespace passport {

struct StreamTerms {
  std::chrono::milliseconds idle{120'000};   // nothing came or went for so long: cut
  std::chrono::milliseconds recheck{1'000};  // how often it is asked again whether the caller may
};

// One stream, as its handler sees it. Used by the thread that serves the stream, but for what the watch does.
class OpenStream {
 public:
  // `account` of `limits` pays for it; `still_may` looks the caller up again.
  OpenStream(grpc::ServerContext& context, std::optional<Caller> by, std::string account, CallerLimits& limits,
             const StreamTerms& terms, std::function<Result<void>()> still_may);

  // Not of a stream that a person opened.
  const Caller& by() const { return *by_; }
  // Call for each message that came or went, with its size. Waits while the caller has had more than its share of
  // bytes. Fails with kDeadline when the stream was cancelled or lost, and with what the caller may not go on for.
  Result<void> GoOn(std::size_t bytes);
  // The stream was lost, or why it was cut.
  Fault Gone() const;

  // Of the watch: cuts the stream if it is idle or its caller may no more.
  void Look(std::chrono::steady_clock::time_point now);

 private:
  Result<void> Recheck(std::chrono::steady_clock::time_point now);

  grpc::ServerContext& context_;
  const std::optional<Caller> by_;
  const std::string account_;
  CallerLimits& limits_;
  const StreamTerms terms_;
  const std::function<Result<void>()> still_may_;
  mutable std::mutex mutex_;
  std::chrono::steady_clock::time_point moved_;  // guarded by mutex_, as all below
  std::chrono::steady_clock::time_point checked_;
  Result<void> ended_;
};

// Looks at every open stream a few times a second, on a thread of its own.
class StreamWatch {
 public:
  explicit StreamWatch(std::chrono::milliseconds pace);
  ~StreamWatch();
  StreamWatch(const StreamWatch&) = delete;
  StreamWatch& operator=(const StreamWatch&) = delete;

  // Under watch for as long as it lives.
  class Watched {
   public:
    Watched(StreamWatch& watch, OpenStream& stream);
    ~Watched();
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

   private:
    StreamWatch& watch_;
    std::list<OpenStream*>::iterator at_;
  };

 private:
  void Run();
  const std::chrono::milliseconds pace_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::list<OpenStream*> streams_;  // guarded by mutex_
  bool stopping_ = false;
  std::thread thread_;  // last
};

}  // namespace passport
