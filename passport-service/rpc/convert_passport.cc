#include "passport-service/rpc/convert_passport.h"

#include <algorithm>

#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/convert_wallet.h"

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

Result<UnlockPassport::Order> ToOrder(const Caller& by, const v1::UnlockPassportRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(IdentityCheck identity, ToIdentityCheck(request.has_identity(), request.identity()));
  return UnlockPassport::Order{.by = by,
                               .request = std::move(id),
                               .employee_number = request.employee_number(),
                               .identity = std::move(identity)};
}

void Fill(const UnlockPassport::Unlocked& unlocked, v1::UnlockPassportResponse& response) {
  response.set_session_code(unlocked.session_code);
  *response.mutable_expire_time() = ToTimestamp(unlocked.expires_at);
}

Result<ReplacePassport::Order> ToOrder(const Caller& by, const v1::ReplacePassportRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(IdentityCheck identity, ToIdentityCheck(request.has_identity(), request.identity()));
  TRY_ASSIGN(const HeldAs held_as, ToHeldAs(request.held_as()));
  ReplacePassport::Order order{.by = by,
                               .request = std::move(id),
                               .employee_number = request.employee_number(),
                               .identity = std::move(identity),
                               .report = {},
                               .held_as = held_as,
                               .end_shares = request.end_shares()};
  if (!request.report_id().empty()) order.report = request.report_id();
  return order;
}

Result<EndEmployment::Order> ToOrder(const Caller& by, const v1::EndEmploymentRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  return EndEmployment::Order{
      .by = by, .request = std::move(id), .employee_number = request.employee_number(), .reason = request.reason()};
}

Result<ReadDisputes::ListOrder> ToOrder(const Caller& by, const v1::ListDisputesRequest& request) {
  constexpr std::int32_t kDisputesMost = 1000;
  if (request.page_size() < 0) return Fault{Reason::kFieldInvalid, "", "page_size is negative"};
  const std::int32_t limit = request.page_size() == 0 ? 100 : std::min(request.page_size(), kDisputesMost);
  return ReadDisputes::ListOrder{
      .by = by, .limit = static_cast<std::size_t>(limit), .after = request.page_token(), .all = request.all()};
}

Result<SettleDispute::Order> ToOrder(const Caller& by, const v1::SettleDisputeRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  const bool corrected = request.state() == v1::DISPUTE_STATE_CORRECTED;
  if (!corrected && request.state() != v1::DISPUTE_STATE_CONFIRMED)
    return Fault{Reason::kFieldInvalid, "", "state is not CORRECTED or CONFIRMED"};
  return SettleDispute::Order{.by = by,
                              .request = std::move(id),
                              .dispute = request.dispute_id(),
                              .state = corrected ? DisputeState::kCorrected : DisputeState::kConfirmed,
                              .answer = request.answer()};
}

void Fill(const ReplacePassport::Replaced& replaced, v1::ReplacePassportResponse& response) {
  response.set_signed_again(static_cast<std::uint32_t>(replaced.outcome.signed_again));
  for (const CredentialId& left : replaced.outcome.left_behind) response.add_left_behind(left.text());
  response.set_passport_code(replaced.outcome.passport_code);
  if (replaced.invitation) Fill(*replaced.invitation, *response.mutable_invitation());
  if (replaced.outcome.undo_until) *response.mutable_undo_until() = ToTimestamp(*replaced.outcome.undo_until);
}

void Fill(const EndEmployment::Ended& ended, v1::EndEmploymentResponse& response) {
  for (const CredentialId& id : ended.revoked) response.add_revoked(id.text());
  response.set_kept(ended.kept);
}

void Fill(const Page<Dispute>& page, v1::ListDisputesResponse& response) {
  for (const Dispute& dispute : page.rows) Fill(dispute, *response.add_disputes());
  response.set_next_page_token(page.next);
}

void Fill(const Dispute& dispute, v1::SettleDisputeResponse& response) { Fill(dispute, *response.mutable_dispute()); }

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
