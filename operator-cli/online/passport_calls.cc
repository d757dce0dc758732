// The calls of PassportService.
#include "keys/secret_text.h"
#include "operator-cli/online/service_client_parts.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

void FillIdentity(const IdentityEntry& identity, v1::IdentityAssurance& message) {
  message.set_method(identity.method);
  message.set_checked_by(identity.checked_by);
  message.set_checked_on(identity.checked_on);
}

InvitationAnswer ToInvitation(const v1::InvitePersonResponse& response) {
  return {.invitation = response.invitation(),
          .code = SecretOf(response.code()),
          .expires_at = Instant{response.expire_time().seconds()}};
}

Result<v1::HeldAs> HeldAsOfWord(const std::string& word) {
  if (word == "kept") return v1::HELD_AS_KEPT;
  if (word == "file") return v1::HELD_AS_FILE;
  if (word == "wallet") return v1::HELD_AS_WALLET;
  return Fault{Reason::kFieldInvalid, "", "where the new key goes is not one of kept, file, wallet"};
}

Result<DisputeAnswer> ToDispute(const v1::Dispute& message) {
  DisputeAnswer answer{.id = message.dispute_id(),
                       .credential_id = message.credential_id(),
                       .issuer = message.issuer(),
                       .kind = message.kind(),
                       .words = message.words(),
                       .state = {},
                       .answer = message.answer(),
                       .raised_at = Instant{message.raise_time().seconds()}};
  switch (static_cast<int>(message.state())) {
    case v1::DISPUTE_STATE_OPEN:
      answer.state = "open";
      return answer;
    case v1::DISPUTE_STATE_CORRECTED:
      answer.state = "corrected";
      return answer;
    case v1::DISPUTE_STATE_CONFIRMED:
      answer.state = "confirmed";
      return answer;
    case v1::DISPUTE_STATE_WITHDRAWN:
      answer.state = "withdrawn";
      return answer;
    default:
      return Fault{Reason::kSchemaNewer, "", "the service names a state that this program does not know"};
  }
}

}  // namespace

Result<InvitationAnswer> ServiceClient::InvitePerson(std::string_view request_id, std::string_view employee_number,
                                                     const IdentityEntry& identity) {
  v1::InvitePersonRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(std::string(employee_number));
  FillIdentity(identity, *request.mutable_identity());
  TRY_ASSIGN(const v1::InvitePersonResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::InvitePerson, request));
  return ToInvitation(response);
}

Result<UnlockedAnswer> ServiceClient::UnlockPassport(std::string_view request_id, std::string_view employee_number,
                                                     const IdentityEntry& identity) {
  v1::UnlockPassportRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(std::string(employee_number));
  FillIdentity(identity, *request.mutable_identity());
  TRY_ASSIGN(const v1::UnlockPassportResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::UnlockPassport, request));
  return UnlockedAnswer{.session_code = SecretOf(response.session_code()),
                        .expires_at = Instant{response.expire_time().seconds()}};
}

Result<ReplacedAnswer> ServiceClient::ReplacePassport(std::string_view request_id, const LossEntry& loss) {
  v1::ReplacePassportRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(loss.employee_number);
  FillIdentity(loss.identity, *request.mutable_identity());
  request.set_report_id(loss.report);
  TRY_ASSIGN(const v1::HeldAs held_as, HeldAsOfWord(loss.held_as));
  request.set_held_as(held_as);
  request.set_end_shares(loss.end_shares);
  TRY_ASSIGN(const v1::ReplacePassportResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::ReplacePassport, request));
  std::optional<Instant> undo_until;
  if (response.has_undo_until()) undo_until = Instant{response.undo_until().seconds()};
  return ReplacedAnswer{.signed_again = response.signed_again(),
                        .left_behind = {response.left_behind().begin(), response.left_behind().end()},
                        .passport_code = SecretOf(response.passport_code()),
                        .invitation = ToInvitation(response.invitation()),
                        .undo_until = undo_until};
}

Result<LeftAnswer> ServiceClient::EndEmployment(std::string_view request_id, std::string_view employee_number,
                                                std::string_view reason) {
  v1::EndEmploymentRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(std::string(employee_number));
  request.set_reason(std::string(reason));
  TRY_ASSIGN(const v1::EndEmploymentResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::EndEmployment, request));
  return LeftAnswer{.revoked = {response.revoked().begin(), response.revoked().end()}, .kept = response.kept()};
}

Result<DisputePage> ServiceClient::ListDisputes(bool all, std::string_view page_token) {
  v1::ListDisputesRequest request;
  request.set_all(all);
  request.set_page_token(std::string(page_token));
  TRY_ASSIGN(const v1::ListDisputesResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::ListDisputes, request));
  DisputePage page{.disputes = {}, .next_page_token = response.next_page_token()};
  for (const v1::Dispute& message : response.disputes()) {
    TRY_ASSIGN(DisputeAnswer dispute, ToDispute(message));
    page.disputes.push_back(std::move(dispute));
  }
  return page;
}

Result<DisputeAnswer> ServiceClient::SettleDispute(std::string_view request_id, std::string_view dispute_id,
                                                   bool corrected, std::string_view answer) {
  v1::SettleDisputeRequest request;
  request.set_request_id(std::string(request_id));
  request.set_dispute_id(std::string(dispute_id));
  request.set_state(corrected ? v1::DISPUTE_STATE_CORRECTED : v1::DISPUTE_STATE_CONFIRMED);
  request.set_answer(std::string(answer));
  TRY_ASSIGN(const v1::SettleDisputeResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::SettleDispute, request));
  return ToDispute(response.dispute());
}

Result<BadgeAnswer> ServiceClient::IssueBadge(std::string_view request_id, const BadgeEntry& entry) {
  v1::IssueBadgeRequest request;
  request.set_request_id(std::string(request_id));
  request.set_employee_number(entry.employee_number);
  request.set_name(entry.name);
  request.set_role(entry.role);
  request.set_valid_through(entry.valid_through);
  request.set_photo_digest(entry.photo_digest);
  TRY_ASSIGN(const v1::IssueBadgeResponse response,
             parts_->Call(*parts_->passport, &v1::PassportService::Stub::IssueBadge, request));
  return BadgeAnswer{.credential_id = response.credential_id(), .badge = response.badge()};
}

}  // namespace passport
