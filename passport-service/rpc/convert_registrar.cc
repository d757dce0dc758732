#include "passport-service/rpc/convert_registrar.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<EnrolOrganisation::Order> ToOrder(const Caller& by, const v1::EnrolOrganisationRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  const v1::Organisation& organisation = request.organisation();
  TRY_ASSIGN(const OrganisationId organisation_id, OrganisationId::Parse(organisation.organisation_id()));
  return EnrolOrganisation::Order{.by = by,
                                  .request = id,
                                  .organisation = organisation_id,
                                  .legal_name = organisation.legal_name(),
                                  .type = organisation.type(),
                                  .kinds = {organisation.record_kinds().begin(), organisation.record_kinds().end()}};
}

Result<PutRoleProfile::Order> ToOrder(const Caller& by, const v1::PutRoleProfileRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  return PutRoleProfile::Order{.by = by, .request = id, .profile = request.profile_json()};
}

Result<PublishOrder> ToOrder(const Caller& by, const v1::PublishRequest& request) {
  TRY(ToRequestId(request.request_id()));
  return PublishOrder{by};
}

void Fill(const Publish::Report& report, v1::PublishResponse& response) {
  response.set_registry_sequence(report.registry_sequence);
  response.set_files_written(report.files_written);
  response.set_lists_signed(report.lists_signed);
  response.set_snapshot_id(report.snapshot_id);
}

}  // namespace passport
