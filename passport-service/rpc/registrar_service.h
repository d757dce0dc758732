// RegistrarService on the wire.
#pragma once

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/registrar_service.grpc.pb.h"

namespace passport {

class RegistrarService final : public staffpassport::v1::RegistrarService::Service {
 public:
  RegistrarService(Desk& desk, const Acts& acts) : desk_(desk), acts_(acts) {}
  grpc::Status EnrolOrganisation(grpc::ServerContext* context,
                                 const staffpassport::v1::EnrolOrganisationRequest* request,
                                 staffpassport::v1::EnrolOrganisationResponse* response) override;
  grpc::Status ProposeChange(grpc::ServerContext* context, const staffpassport::v1::ProposeChangeRequest* request,
                             staffpassport::v1::ProposeChangeResponse* response) override;
  grpc::Status ListProposals(grpc::ServerContext* context, const staffpassport::v1::ListProposalsRequest* request,
                             staffpassport::v1::ListProposalsResponse* response) override;
  grpc::Status ReviewProposal(grpc::ServerContext* context, const staffpassport::v1::ReviewProposalRequest* request,
                              staffpassport::v1::ReviewProposalResponse* response) override;
  grpc::Status SignProposal(grpc::ServerContext* context, const staffpassport::v1::SignProposalRequest* request,
                            staffpassport::v1::SignProposalResponse* response) override;
  grpc::Status RejectProposal(grpc::ServerContext* context, const staffpassport::v1::RejectProposalRequest* request,
                              staffpassport::v1::RejectProposalResponse* response) override;
  grpc::Status ListAffected(grpc::ServerContext* context, const staffpassport::v1::ListAffectedRequest* request,
                            grpc::ServerWriter<staffpassport::v1::ListAffectedResponse>* stream) override;
  grpc::Status PutRules(grpc::ServerContext* context, const staffpassport::v1::PutRulesRequest* request,
                        staffpassport::v1::PutRulesResponse* response) override;
  grpc::Status WithdrawRules(grpc::ServerContext* context, const staffpassport::v1::WithdrawRulesRequest* request,
                             staffpassport::v1::WithdrawRulesResponse* response) override;
  grpc::Status CountReliances(grpc::ServerContext* context, const staffpassport::v1::CountReliancesRequest* request,
                              staffpassport::v1::CountReliancesResponse* response) override;
  grpc::Status Publish(grpc::ServerContext* context, const staffpassport::v1::PublishRequest* request,
                       staffpassport::v1::PublishResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
};

}  // namespace passport
