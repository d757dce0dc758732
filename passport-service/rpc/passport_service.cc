#include "passport-service/rpc/passport_service.h"

#include "passport-service/rpc/convert_passport.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status PassportService::InvitePerson(grpc::ServerContext* context, const v1::InvitePersonRequest* request,
                                           v1::InvitePersonResponse* response) {
  return desk_.Answer(*context, *request, acts_.invite_person, *response);
}

}  // namespace passport
