#include "passport-service/rpc/registrar_service.h"

#include "passport-service/rpc/convert_registrar.h"
#include "passport-service/rpc/convert_registry.h"
#include "passport-service/rpc/registry_streams.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status RegistrarService::EnrolOrganisation(grpc::ServerContext* context,
                                                 const v1::EnrolOrganisationRequest* request,
                                                 v1::EnrolOrganisationResponse* response) {
  return desk_.Answer(*context, *request, acts_.enrol_organisation, *response);
}

grpc::Status RegistrarService::ProposeChange(grpc::ServerContext* context, const v1::ProposeChangeRequest* request,
                                             v1::ProposeChangeResponse* response) {
  const auto propose = [this](const ProposeChange::Order& order) -> Result<ProposalNumber> {
    TRY_ASSIGN(const std::uint64_t number, acts_.propose_change(order));
    return ProposalNumber{number};
  };
  return desk_.Answer(*context, *request, propose, *response);
}

grpc::Status RegistrarService::ListProposals(grpc::ServerContext* context, const v1::ListProposalsRequest* request,
                                             v1::ListProposalsResponse* response) {
  const auto list = [this](const ProposalListing& order) {
    return acts_.read_proposals.List(order.by, order.after, order.limit);
  };
  return desk_.Answer(*context, *request, list, *response);
}

grpc::Status RegistrarService::ReviewProposal(grpc::ServerContext* context, const v1::ReviewProposalRequest* request,
                                              v1::ReviewProposalResponse* response) {
  const auto review = [this](const ProposalQuestion& order) {
    return acts_.read_proposals.Review(order.by, order.number);
  };
  return desk_.Answer(*context, *request, review, *response);
}

grpc::Status RegistrarService::SignProposal(grpc::ServerContext* context, const v1::SignProposalRequest* request,
                                            v1::SignProposalResponse* response) {
  return desk_.Answer(*context, *request, acts_.sign_proposal, *response);
}

grpc::Status RegistrarService::RejectProposal(grpc::ServerContext* context, const v1::RejectProposalRequest* request,
                                              v1::RejectProposalResponse* response) {
  return desk_.Answer(*context, *request, acts_.reject_proposal, *response);
}

grpc::Status RegistrarService::ListAffected(grpc::ServerContext* context, const v1::ListAffectedRequest* request,
                                            grpc::ServerWriter<v1::ListAffectedResponse>* stream) {
  const auto body = [&](OpenStream& call) -> Result<void> {
    TRY_ASSIGN(const auto order, ToOrder(call.by(), *request));
    return RunAffected(order, acts_.list_affected, *stream, call);
  };
  return desk_.AnswerStream<v1::ListAffectedRequest>(*context, body);
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
