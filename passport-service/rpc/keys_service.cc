#include "passport-service/rpc/keys_service.h"

#include "passport-service/rpc/convert_keys.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status KeysService::ListKeys(grpc::ServerContext* context, const v1::ListKeysRequest* request,
                                   v1::ListKeysResponse* response) {
  const auto list = [this](const KeepKeys::Query& query) { return acts_.keep_keys.List(query); };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status KeysService::PlanKeys(grpc::ServerContext* context, const v1::PlanKeysRequest* request,
                                   v1::PlanKeysResponse* response) {
  const auto plan = [this](const KeepKeys::Query& query) { return acts_.keep_keys.Plan(query); };
  return desk_.Answer(*context, *request, plan, *response);
}

grpc::Status KeysService::RotateKey(grpc::ServerContext* context, const v1::RotateKeyRequest* request,
                                    v1::RotateKeyResponse* response) {
  const auto rotate = [this](const KeepKeys::Rotation& order) -> Result<NewKey> {
    TRY_ASSIGN(std::string kid, acts_.keep_keys.Rotate(order));
    return NewKey{std::move(kid)};
  };
  return desk_.Answer(*context, *request, rotate, *response);
}

grpc::Status KeysService::CompromiseKey(grpc::ServerContext* context, const v1::CompromiseKeyRequest* request,
                                        v1::CompromiseKeyResponse* response) {
  const auto mark = [this](const KeepKeys::Compromise& order) -> Result<NewKey> {
    TRY_ASSIGN(std::string kid, acts_.keep_keys.MarkCompromised(order));
    return NewKey{std::move(kid)};
  };
  return desk_.Answer(*context, *request, mark, *response);
}

}  // namespace passport
