#include "passport-service/rpc/passport_service.h"

#include "passport-service/rpc/convert_passport.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status PassportService::InvitePerson(grpc::ServerContext* context, const v1::InvitePersonRequest* request,
                                           v1::InvitePersonResponse* response) {
  return desk_.Answer(*context, *request, acts_.invite_person, *response);
}

grpc::Status PassportService::UnlockPassport(grpc::ServerContext* context, const v1::UnlockPassportRequest* request,
                                             v1::UnlockPassportResponse* response) {
  return desk_.Answer(*context, *request, acts_.unlock_passport, *response);
}

grpc::Status PassportService::ReplacePassport(grpc::ServerContext* context, const v1::ReplacePassportRequest* request,
                                              v1::ReplacePassportResponse* response) {
  return desk_.Answer(*context, *request, acts_.replace_passport, *response);
}

grpc::Status PassportService::EndEmployment(grpc::ServerContext* context, const v1::EndEmploymentRequest* request,
                                            v1::EndEmploymentResponse* response) {
  return desk_.Answer(*context, *request, acts_.end_employment, *response);
}

grpc::Status PassportService::ListDisputes(grpc::ServerContext* context, const v1::ListDisputesRequest* request,
                                           v1::ListDisputesResponse* response) {
  const auto list = [this](const ReadDisputes::ListOrder& order) { return acts_.read_disputes.List(order); };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status PassportService::SettleDispute(grpc::ServerContext* context, const v1::SettleDisputeRequest* request,
                                            v1::SettleDisputeResponse* response) {
  return desk_.Answer(*context, *request, acts_.settle_dispute, *response);
}

grpc::Status PassportService::IssueBadge(grpc::ServerContext* context, const v1::IssueBadgeRequest* request,
                                         v1::IssueBadgeResponse* response) {
  return desk_.Answer(*context, *request, acts_.issue_badge, *response);
}

}  // namespace passport
