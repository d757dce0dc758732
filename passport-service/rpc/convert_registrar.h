// RegistrarService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/publish.h"
#include "passport-service/acts/put_role_profile.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/registrar_service.pb.h"

namespace passport {

struct PublishOrder {
  Caller by;
};

Result<EnrolOrganisation::Order> ToOrder(const Caller& by, const staffpassport::v1::EnrolOrganisationRequest& request);
Result<PutRoleProfile::Order> ToOrder(const Caller& by, const staffpassport::v1::PutRoleProfileRequest& request);
Result<PublishOrder> ToOrder(const Caller& by, const staffpassport::v1::PublishRequest& request);

inline void Fill(const Done&, staffpassport::v1::EnrolOrganisationResponse&) {}
inline void Fill(const Done&, staffpassport::v1::PutRoleProfileResponse&) {}
void Fill(const Publish::Report& report, staffpassport::v1::PublishResponse& response);

template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::EnrolOrganisationRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::PutRoleProfileRequest> = true;

}  // namespace passport
