#include "passport-service/rpc/holder_service.h"

#include "passport-service/rpc/convert_holder.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status HolderService::ListHoldings(grpc::ServerContext* context, const v1::ListHoldingsRequest* request,
                                         v1::ListHoldingsResponse* response) {
  const auto list = [this](const HoldingsOrder& order) {
    return acts_.present_passport.Holdings(order.by, order.passport_code);
  };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status HolderService::Present(grpc::ServerContext* context, const v1::PresentRequest* request,
                                    v1::PresentResponse* response) {
  return desk_.Answer(*context, *request, acts_.present_passport, *response);
}

}  // namespace passport
