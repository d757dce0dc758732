#include "passport-service/rpc/registrar_service.h"

#include "passport-service/rpc/convert_registrar.h"

namespace passport {

namespace v1 = staffpassport::v1;

grpc::Status RegistrarService::EnrolOrganisation(grpc::ServerContext* context,
                                                 const v1::EnrolOrganisationRequest* request,
                                                 v1::EnrolOrganisationResponse* response) {
  return desk_.Answer(*context, *request, acts_.enrol_organisation, *response);
}

grpc::Status RegistrarService::PutRoleProfile(grpc::ServerContext* context, const v1::PutRoleProfileRequest* request,
                                              v1::PutRoleProfileResponse* response) {
  return desk_.Answer(*context, *request, acts_.put_role_profile, *response);
}

grpc::Status RegistrarService::Publish(grpc::ServerContext* context, const v1::PublishRequest* request,
                                       v1::PublishResponse* response) {
  const auto publish = [this](const PublishOrder& order) { return acts_.publish.Ordered(order.by); };
  return desk_.Answer(*context, *request, publish, *response);
}

}  // namespace passport
