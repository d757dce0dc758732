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

 private:
  Desk& desk_;
  Acts acts_;
};

}  // namespace passport
