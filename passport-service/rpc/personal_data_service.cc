#include "passport-service/rpc/personal_data_service.h"

#include "passport-service/rpc/convert_personal_data.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status PersonalDataService::ErasePerson(grpc::ServerContext* context, const v1::ErasePersonRequest* request,
                                              v1::ErasePersonResponse* response) {
  return desk_.Answer(*context, *request, acts_.erase_person, *response);
}

grpc::Status PersonalDataService::ReportRetention(grpc::ServerContext* context,
                                                  const v1::ReportRetentionRequest* request,
                                                  v1::ReportRetentionResponse* response) {
  const auto report = [this](const ReportOrder& order) {
    return acts_.apply_retention.Report(order.by, order.organisation);
  };
  return desk_.Answer(*context, *request, report, *response);
}

grpc::Status PersonalDataService::ApplyRetention(grpc::ServerContext* context, const v1::ApplyRetentionRequest* request,
                                                 v1::ApplyRetentionResponse* response) {
  const auto apply = [this](const RetentionOrder& order) {
    return acts_.apply_retention.Apply(order.by, order.request, order.organisation);
  };
  return desk_.Answer(*context, *request, apply, *response);
}

}  // namespace passport
