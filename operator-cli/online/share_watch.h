// One WatchShares stream from the caller's side.
#pragma once

#include <grpcpp/client_context.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "operator-cli/online/share_answers.h"
#include "staffpassport/v1/share_service.grpc.pb.h"

namespace passport {

// Cancels a call on which nothing came for too long: a connection that is lost without a word would be waited for
// without end. Any thread.
class SilenceGuard {
 public:
  // `context` outlives it.
  SilenceGuard(grpc::ClientContext& context, std::chrono::milliseconds most);
  ~SilenceGuard();
  SilenceGuard(const SilenceGuard&) = delete;
  SilenceGuard& operator=(const SilenceGuard&) = delete;

  void Heard();
  // Whether it was this that ended the call.
  bool cut() const;

 private:
  void Run();
  grpc::ClientContext& context_;
  const std::chrono::milliseconds most_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::chrono::steady_clock::time_point heard_;
  bool over_ = false;
  bool cut_ = false;
  std::thread thread_;  // last
};

ShareNotice FromWire(const staffpassport::v1::ShareNotice& message);

// Gives the sink what comes after that token, in order, until the stream ends. What the sink fails with ends it;
// otherwise fails as the service does, and with kDeadline after `silence`. Never ends well: a watch has no end.
Result<void> FollowShareNotices(staffpassport::v1::ShareService::Stub& shares, std::string_view token,
                                const std::string& address, std::chrono::milliseconds silence,
                                const ShareNoticeSink& sink);

}  // namespace passport
