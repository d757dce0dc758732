// KeysService on the wire.
#pragma once

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/keys_service.grpc.pb.h"

namespace passport {

class KeysService final : public staffpassport::v1::KeysService::Service {
 public:
  KeysService(Desk& desk, const Acts& acts) : desk_(desk), acts_(acts) {}
  grpc::Status ListKeys(grpc::ServerContext* context, const staffpassport::v1::ListKeysRequest* request,
                        staffpassport::v1::ListKeysResponse* response) override;
  grpc::Status PlanKeys(grpc::ServerContext* context, const staffpassport::v1::PlanKeysRequest* request,
                        staffpassport::v1::PlanKeysResponse* response) override;
  grpc::Status RotateKey(grpc::ServerContext* context, const staffpassport::v1::RotateKeyRequest* request,
                         staffpassport::v1::RotateKeyResponse* response) override;
  grpc::Status CompromiseKey(grpc::ServerContext* context, const staffpassport::v1::CompromiseKeyRequest* request,
                             staffpassport::v1::CompromiseKeyResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
};

}  // namespace passport
