#include "passport-service/rpc/system_service.h"

#include "passport-service/rpc/convert_system.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status SystemService::PutSystem(grpc::ServerContext* context, const v1::PutSystemRequest* request,
                                      v1::PutSystemResponse* response) {
  return desk_.Answer(*context, *request, acts_.keep_systems, *response);
}

grpc::Status SystemService::RevokeSystem(grpc::ServerContext* context, const v1::RevokeSystemRequest* request,
                                         v1::RevokeSystemResponse* response) {
  const auto revoke = [this](const KeepSystems::Revocation& order) { return acts_.keep_systems.Revoke(order); };
  return desk_.Answer(*context, *request, revoke, *response);
}

grpc::Status SystemService::ListSystems(grpc::ServerContext* context, const v1::ListSystemsRequest* request,
                                        v1::ListSystemsResponse* response) {
  const auto list = [this](const KeepSystems::Listing& order) { return acts_.keep_systems.List(order); };
  return desk_.Answer(*context, *request, list, *response);
}

}  // namespace passport
