// WalletService on the wire.
#pragma once

#include <atomic>

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/wallet_service.grpc.pb.h"

namespace passport {

class WalletService final : public staffpassport::v1::WalletService::Service {
 public:
  // `receives_max` streams of all people at once; the next is told to come again.
  WalletService(Desk& desk, const Acts& acts, int receives_max)
      : desk_(desk), acts_(acts), receives_max_(receives_max) {}
  grpc::Status Redeem(grpc::ServerContext* context, const staffpassport::v1::RedeemRequest* request,
                      staffpassport::v1::RedeemResponse* response) override;
  grpc::Status Receive(grpc::ServerContext* context, const staffpassport::v1::ReceiveRequest* request,
                       grpc::ServerWriter<staffpassport::v1::ReceiveResponse>* stream) override;

 private:
  Desk& desk_;
  Acts acts_;
  const int receives_max_;
  std::atomic<int> receives_ = 0;
};

}  // namespace passport
