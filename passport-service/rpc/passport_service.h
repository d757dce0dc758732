// PassportService on the wire.
#pragma once

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/passport_service.grpc.pb.h"

namespace passport {

class PassportService final : public staffpassport::v1::PassportService::Service {
 public:
  PassportService(Desk& desk, const Acts& acts) : desk_(desk), acts_(acts) {}
  grpc::Status InvitePerson(grpc::ServerContext* context, const staffpassport::v1::InvitePersonRequest* request,
                            staffpassport::v1::InvitePersonResponse* response) override;
  grpc::Status IssueBadge(grpc::ServerContext* context, const staffpassport::v1::IssueBadgeRequest* request,
                          staffpassport::v1::IssueBadgeResponse* response) override;

  grpc::Status UnlockPassport(grpc::ServerContext* context, const staffpassport::v1::UnlockPassportRequest* request,
                              staffpassport::v1::UnlockPassportResponse* response) override;
  grpc::Status ReplacePassport(grpc::ServerContext* context, const staffpassport::v1::ReplacePassportRequest* request,
                               staffpassport::v1::ReplacePassportResponse* response) override;
  grpc::Status EndEmployment(grpc::ServerContext* context, const staffpassport::v1::EndEmploymentRequest* request,
                             staffpassport::v1::EndEmploymentResponse* response) override;
  grpc::Status ListDisputes(grpc::ServerContext* context, const staffpassport::v1::ListDisputesRequest* request,
                            staffpassport::v1::ListDisputesResponse* response) override;
  grpc::Status SettleDispute(grpc::ServerContext* context, const staffpassport::v1::SettleDisputeRequest* request,
                             staffpassport::v1::SettleDisputeResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
};

}  // namespace passport
