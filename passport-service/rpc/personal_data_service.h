// PersonalDataService on the wire.
#pragma once

#include "passport-service/rpc/acts.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/personal_data_service.grpc.pb.h"

namespace passport {

class PersonalDataService final : public staffpassport::v1::PersonalDataService::Service {
 public:
  PersonalDataService(Desk& desk, const Acts& acts) : desk_(desk), acts_(acts) {}
  grpc::Status ErasePerson(grpc::ServerContext* context, const staffpassport::v1::ErasePersonRequest* request,
                           staffpassport::v1::ErasePersonResponse* response) override;
  grpc::Status ReportRetention(grpc::ServerContext* context, const staffpassport::v1::ReportRetentionRequest* request,
                               staffpassport::v1::ReportRetentionResponse* response) override;
  grpc::Status ApplyRetention(grpc::ServerContext* context, const staffpassport::v1::ApplyRetentionRequest* request,
                              staffpassport::v1::ApplyRetentionResponse* response) override;

 private:
  Desk& desk_;
  Acts acts_;
};

}  // namespace passport
