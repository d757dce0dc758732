#include "passport-service/rpc/convert_passport.h"

#include <algorithm>

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

Result<IssueBadge::Order> ToOrder(const Caller& by, const v1::IssueBadgeRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const std::optional<CivilDay> valid_through, ToDay(request.valid_through(), "valid_through"));
  if (!valid_through) return Fault{Reason::kFieldInvalid, "", "valid_through is missing"};
  std::optional<Digest> photo;
  if (!request.photo_digest().empty()) {
    photo.emplace();
    if (request.photo_digest().size() != photo->size())
      return Fault{Reason::kFieldInvalid, "", "photo_digest is not 32 bytes"};
    std::copy(request.photo_digest().begin(), request.photo_digest().end(), photo->begin());
  }
  return IssueBadge::Order{.by = by,
                           .request = std::move(id),
                           .employee_number = request.employee_number(),
                           .name = request.name(),
                           .role = request.role(),
                           .valid_through = *valid_through,
                           .photo = photo};
}

void Fill(const IssueBadge::Issued& issued, v1::IssueBadgeResponse& response) {
  response.set_credential_id(issued.credential.text());
  response.set_badge(issued.badge);
}

}  // namespace passport
