// ShareService on the wire.
#pragma once

#include <atomic>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/share_service.grpc.pb.h"

namespace passport {

class ShareService final : public staffpassport::v1::ShareService::Service {
 public:
  // `watches_max` streams of all receivers at once; the next is told to poll.
  ShareService(Desk& desk, const Acts& acts, int watches_max) : desk_(desk), acts_(acts), watches_max_(watches_max) {}
  grpc::Status AskForShare(grpc::ServerContext* context, const staffpassport::v1::AskForShareRequest* request,
                           staffpassport::v1::AskForShareResponse* response) override;
  grpc::Status ReadShareRequest(grpc::ServerContext* context, const staffpassport::v1::ReadShareRequestRequest* request,
                                staffpassport::v1::ReadShareRequestResponse* response) override;
  grpc::Status AnswerShareRequest(grpc::ServerContext* context,
                                  const staffpassport::v1::AnswerShareRequestRequest* request,
                                  staffpassport::v1::AnswerShareRequestResponse* response) override;
  grpc::Status ListMyShares(grpc::ServerContext* context, const staffpassport::v1::ListMySharesRequest* request,
                            staffpassport::v1::ListMySharesResponse* response) override;
  grpc::Status ListLooks(grpc::ServerContext* context, const staffpassport::v1::ListLooksRequest* request,
                         staffpassport::v1::ListLooksResponse* response) override;
  grpc::Status EndMyShare(grpc::ServerContext* context, const staffpassport::v1::EndMyShareRequest* request,
                          staffpassport::v1::EndMyShareResponse* response) override;
  grpc::Status RenewShare(grpc::ServerContext* context, const staffpassport::v1::RenewShareRequest* request,
                          staffpassport::v1::RenewShareResponse* response) override;
  grpc::Status ListShares(grpc::ServerContext* context, const staffpassport::v1::ListSharesRequest* request,
                          staffpassport::v1::ListSharesResponse* response) override;
  grpc::Status LookAtShare(grpc::ServerContext* context, const staffpassport::v1::LookAtShareRequest* request,
                           staffpassport::v1::LookAtShareResponse* response) override;
  grpc::Status EndShare(grpc::ServerContext* context, const staffpassport::v1::EndShareRequest* request,
                        staffpassport::v1::EndShareResponse* response) override;
  grpc::Status WatchShares(grpc::ServerContext* context, const staffpassport::v1::WatchSharesRequest* request,
                           grpc::ServerWriter<staffpassport::v1::WatchSharesResponse>* stream) override;
  grpc::Status PollShares(grpc::ServerContext* context, const staffpassport::v1::PollSharesRequest* request,
                          staffpassport::v1::PollSharesResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
  const int watches_max_;
  std::atomic<int> watches_ = 0;
};

}  // namespace passport
