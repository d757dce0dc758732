// SystemService on the wire.
#pragma once

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/system_service.grpc.pb.h"

namespace passport {

class SystemService final : public staffpassport::v1::SystemService::Service {
 public:
  SystemService(Desk& desk, const Acts& acts) : desk_(desk), acts_(acts) {}
  grpc::Status PutSystem(grpc::ServerContext* context, const staffpassport::v1::PutSystemRequest* request,
                         staffpassport::v1::PutSystemResponse* response) override;
  grpc::Status RevokeSystem(grpc::ServerContext* context, const staffpassport::v1::RevokeSystemRequest* request,
                            staffpassport::v1::RevokeSystemResponse* response) override;
  grpc::Status ListSystems(grpc::ServerContext* context, const staffpassport::v1::ListSystemsRequest* request,
                           staffpassport::v1::ListSystemsResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
};

}  // namespace passport
