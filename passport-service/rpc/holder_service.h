// HolderService on the wire.
#pragma once

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/holder_service.grpc.pb.h"

namespace passport {

class HolderService final : public staffpassport::v1::HolderService::Service {
 public:
  HolderService(Desk& desk, const Acts& acts) : desk_(desk), acts_(acts) {}
  grpc::Status ListHoldings(grpc::ServerContext* context, const staffpassport::v1::ListHoldingsRequest* request,
                            staffpassport::v1::ListHoldingsResponse* response) override;
  grpc::Status Present(grpc::ServerContext* context, const staffpassport::v1::PresentRequest* request,
                       staffpassport::v1::PresentResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
};

}  // namespace passport
