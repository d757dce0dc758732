#include "passport-service/rpc/verifier_service.h"

#include "passport-service/rpc/convert_verifier.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status VerifierService::CreateChallenge(grpc::ServerContext* context, const v1::CreateChallengeRequest* request,
                                              v1::CreateChallengeResponse* response) {
  const auto ask = [this](const AskOrder& order) { return acts_.ask_for_presentation(order.by); };
  return desk_.Answer(*context, *request, ask, *response);
}

grpc::Status VerifierService::VerifyPresentation(grpc::ServerContext* context,
                                                 const v1::VerifyPresentationRequest* request,
                                                 v1::VerifyPresentationResponse* response) {
  const auto judge = [this](const CheckPresentation::Question& question) {
    return Judge(acts_.check_presentation, question);
  };
  return desk_.Answer(*context, *request, judge, *response);
}

grpc::Status VerifierService::DecideRole(grpc::ServerContext* context, const v1::DecideRoleRequest* request,
                                         v1::DecideRoleResponse* response) {
  const auto judge = [this](const CheckPresentation::Question& question) {
    return Judge(acts_.check_presentation, question);
  };
  return desk_.Answer(*context, *request, judge, *response);
}

}  // namespace passport
