#include "operator-cli/online/share_watch.h"

#include "operator-cli/online/fault_of_status.h"

namespace passport {

namespace v1 = staffpassport::v1;

SilenceGuard::SilenceGuard(grpc::ClientContext& context, std::chrono::milliseconds most)
    : context_(context), most_(most), heard_(std::chrono::steady_clock::now()), thread_([this] { Run(); }) {}

SilenceGuard::~SilenceGuard() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SilenceGuard::Heard() {
  const std::lock_guard lock(mutex_);
  heard_ = std::chrono::steady_clock::now();
}

bool SilenceGuard::cut() const {
  const std::lock_guard lock(mutex_);
  return cut_;
}

void SilenceGuard::Run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_until(lock, heard_ + most_, [this] { return over_; })) {
    if (std::chrono::steady_clock::now() < heard_ + most_) continue;
    cut_ = true;
    context_.TryCancel();
    return;
  }
}

ShareNotice FromWire(const v1::ShareNotice& message) {
  return {.share_id = message.share_id(),
          .resume_token = message.resume_token(),
          .at = Instant{message.notice_time().seconds()}};
}

Result<void> FollowShareNotices(v1::ShareService::Stub& shares, std::string_view token, const std::string& address,
                                std::chrono::milliseconds silence, const ShareNoticeSink& sink) {
  v1::WatchSharesRequest request;
  request.set_resume_token(std::string(token));
  grpc::ClientContext context;
  const auto stream = shares.WatchShares(&context, request);
  SilenceGuard guard(context, silence);
  v1::WatchSharesResponse message;
  while (stream->Read(&message)) {
    guard.Heard();
    std::optional<ShareNotice> notice;
    if (message.has_notice()) notice = FromWire(message.notice());
    Result<void> taken = sink(notice, message.resume_token());
    guard.Heard();  // what the sink took is no silence of the service
    if (taken.ok()) continue;
    context.TryCancel();
    stream->Finish();
    return taken;
  }
  const grpc::Status status = stream->Finish();
  if (guard.cut()) return Fault{Reason::kDeadline, "", "the service at " + address + " gave no sign of life"};
  if (!status.ok()) return FaultOfStatus(status, address);
  return Fault{Reason::kServiceUnreachable, "", "the service at " + address + " ended the watch"};
}

}  // namespace passport
