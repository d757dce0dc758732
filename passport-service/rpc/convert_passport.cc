#include "passport-service/rpc/convert_passport.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

Result<IdentityCheck> ToIdentityCheck(bool there, const v1::IdentityAssurance& message) {
  if (!there) return Fault{Reason::kFieldInvalid, "", "identity is missing"};
  TRY_ASSIGN(const std::optional<CivilDay> day, ToDay(message.checked_on(), "identity.checked_on"));
  if (!day) return Fault{Reason::kFieldInvalid, "", "identity.checked_on is missing"};
  return IdentityCheck{.method = message.method(), .checked_by = message.checked_by(), .checked_on = *day};
}

Result<InvitePerson::Order> ToOrder(const Caller& by, const v1::InvitePersonRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(IdentityCheck identity, ToIdentityCheck(request.has_identity(), request.identity()));
  return InvitePerson::Order{.by = by,
                             .request = std::move(id),
                             .employee_number = request.employee_number(),
                             .identity = std::move(identity),
                             .length = request.seconds() == 0 ? kInvitationLength : Seconds{request.seconds()}};
}

void Fill(const Invitation& invitation, v1::InvitePersonResponse& response) {
  response.set_invitation(invitation.id);
  response.set_code(invitation.code);
  *response.mutable_expire_time() = ToTimestamp(invitation.expires_at);
}

}  // namespace passport
