#include "passport-service/rpc/registrar_service.h"

#include "passport-service/rpc/convert_registrar.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status RegistrarService::EnrolOrganisation(grpc::ServerContext* context,
                                                 const v1::EnrolOrganisationRequest* request,
                                                 v1::EnrolOrganisationResponse* response) {
  return desk_.Answer(*context, *request, acts_.enrol_organisation, *response);
}

grpc::Status RegistrarService::PutRules(grpc::ServerContext* context, const v1::PutRulesRequest* request,
                                        v1::PutRulesResponse* response) {
  return desk_.Answer(*context, *request, acts_.put_rules, *response);
}

grpc::Status RegistrarService::WithdrawRules(grpc::ServerContext* context, const v1::WithdrawRulesRequest* request,
                                             v1::WithdrawRulesResponse* response) {
  const auto withdraw = [this](const PutRules::Withdrawal& order) { return acts_.put_rules.Withdraw(order); };
  return desk_.Answer(*context, *request, withdraw, *response);
}

grpc::Status RegistrarService::CountReliances(grpc::ServerContext* context, const v1::CountReliancesRequest* request,
                                              v1::CountReliancesResponse* response) {
  return desk_.Answer(*context, *request, acts_.count_reliances, *response);
}

grpc::Status RegistrarService::Publish(grpc::ServerContext* context, const v1::PublishRequest* request,
                                       v1::PublishResponse* response) {
  const auto publish = [this](const PublishOrder& order) { return acts_.publish.Ordered(order.by); };
  return desk_.Answer(*context, *request, publish, *response);
}

}  // namespace passport
