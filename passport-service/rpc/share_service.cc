#include "passport-service/rpc/share_service.h"

#include <chrono>
#include <thread>

#include "passport-service/rpc/convert_share.h"
#include "passport-service/rpc/send.h"
#include "passport-service/rpc/stream_place.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::chrono::milliseconds kLookForNotices{250};
// Less than a stream may stand still (StreamTerms::idle); a client that is gone is noticed with it.
constexpr std::chrono::seconds kSignOfLife{20};

// Sends notices as they come, until the stream ends. A reader that is slow holds the reading back; what it has not read
// stays in the store.
class NoticeWatch {
 public:
  NoticeWatch(const Desk& desk, ReadShareNotices& read, grpc::ServerContext& context,
              grpc::ServerWriter<v1::WatchSharesResponse>& stream, OpenStream& call)
      : desk_(desk), read_(read), context_(context), stream_(stream), call_(call) {}

  Result<void> Run(std::uint64_t after) {
    after_ = after;
    TRY(SignOfLife());
    while (!context_.IsCancelled()) {
      if (desk_.IsStopping()) return Fault{Reason::kStoreUnavailable, "", "the service is stopping; go on later"};
      TRY_ASSIGN(const ShareNotices notices, read_.After(call_.by(), after_, ReadShareNotices::kPageDefault));
      for (const ShareNoticeRow& row : notices.rows) TRY(SendOne(row));
      if (!notices.rows.empty()) continue;
      if (std::chrono::steady_clock::now() - sent_at_ >= kSignOfLife) TRY(SignOfLife());
      std::this_thread::sleep_for(kLookForNotices);
    }
    return call_.Gone();
  }

 private:
  Result<void> SendOne(const ShareNoticeRow& row) {
    v1::WatchSharesResponse message;
    Fill(row, *message.mutable_notice());
    after_ = row.sequence;
    return SendThis(message);
  }
  Result<void> SignOfLife() {
    v1::WatchSharesResponse message;
    return SendThis(message);
  }
  Result<void> SendThis(v1::WatchSharesResponse& message) {
    message.set_resume_token(TokenOf(after_));
    sent_at_ = std::chrono::steady_clock::now();
    return Send(stream_, message, call_);
  }

  const Desk& desk_;
  ReadShareNotices& read_;
  grpc::ServerContext& context_;
  grpc::ServerWriter<v1::WatchSharesResponse>& stream_;
  OpenStream& call_;
  std::uint64_t after_ = 0;
  std::chrono::steady_clock::time_point sent_at_;
};

}  // namespace

grpc::Status ShareService::AskForShare(grpc::ServerContext* context, const v1::AskForShareRequest* request,
                                       v1::AskForShareResponse* response) {
  return desk_.Answer(*context, *request, acts_.ask_for_share, *response);
}

grpc::Status ShareService::ReadShareRequest(grpc::ServerContext* context, const v1::ReadShareRequestRequest* request,
                                            v1::ReadShareRequestResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.read_share_request, *response);
}

grpc::Status ShareService::AnswerShareRequest(grpc::ServerContext* context,
                                              const v1::AnswerShareRequestRequest* request,
                                              v1::AnswerShareRequestResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.answer_share, *response);
}

grpc::Status ShareService::ListMyShares(grpc::ServerContext* context, const v1::ListMySharesRequest* request,
                                        v1::ListMySharesResponse* response) {
  const auto list = [this](const MySharesOrder& order) { return acts_.list_shares.Of(order.by); };
  return desk_.AnswerHolder(*context, *request, list, *response);
}

grpc::Status ShareService::ListLooks(grpc::ServerContext* context, const v1::ListLooksRequest* request,
                                     v1::ListLooksResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.list_looks, *response);
}

grpc::Status ShareService::EndMyShare(grpc::ServerContext* context, const v1::EndMyShareRequest* request,
                                      v1::EndMyShareResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.end_share, *response);
}

grpc::Status ShareService::RenewShare(grpc::ServerContext* context, const v1::RenewShareRequest* request,
                                      v1::RenewShareResponse* response) {
  return desk_.AnswerHolder(*context, *request, acts_.renew_share, *response);
}

grpc::Status ShareService::ListShares(grpc::ServerContext* context, const v1::ListSharesRequest* request,
                                      v1::ListSharesResponse* response) {
  const auto list = [this](const SharesOrder& order) {
    return acts_.list_shares.Of(order.by, order.after, order.limit);
  };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status ShareService::LookAtShare(grpc::ServerContext* context, const v1::LookAtShareRequest* request,
                                       v1::LookAtShareResponse* response) {
  const auto look = [this](const passport::LookAtShare::Order& order) { return Look(acts_.look_at_share, order); };
  return desk_.Answer(*context, *request, look, *response);
}

grpc::Status ShareService::EndShare(grpc::ServerContext* context, const v1::EndShareRequest* request,
                                    v1::EndShareResponse* response) {
  return desk_.Answer(*context, *request, acts_.end_share, *response);
}

grpc::Status ShareService::WatchShares(grpc::ServerContext* context, const v1::WatchSharesRequest* request,
                                       grpc::ServerWriter<v1::WatchSharesResponse>* stream) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    const StreamPlace place(watches_, watches_max_);
    TRY(place.Check());
    std::uint64_t after = 0;
    if (request->resume_token().empty()) {
      TRY_ASSIGN(after, acts_.read_share_notices.Last(call.by()));
    } else {
      TRY_ASSIGN(after, ParseToken(request->resume_token()));
    }
    TRY(acts_.read_share_notices.Begin(call.by()));
    return NoticeWatch(desk_, acts_.read_share_notices, *context, *stream, call).Run(after);
  };
  return desk_.AnswerStream<v1::WatchSharesRequest>(*context, body);
}

grpc::Status ShareService::PollShares(grpc::ServerContext* context, const v1::PollSharesRequest* request,
                                      v1::PollSharesResponse* response) {
  const auto poll = [this](const PollSharesOrder& order) {
    return acts_.read_share_notices.Poll(order.by, order.after, order.limit);
  };
  return desk_.Answer(*context, *request, poll, *response);
}

}  // namespace passport
