// The receiver's calls of ShareService.
#include "keys/secret_text.h"
#include "operator-cli/online/service_client_parts.h"
#include "operator-cli/online/share_watch.h"
#include "operator-cli/online/share_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;
using Shares = v1::ShareService::Stub;

namespace {

Result<ReceivedShare> ToShare(const v1::Share& message) {
  TRY_ASSIGN(std::string state, ShareStateWord(message.state()));
  ReceivedShare share{.id = message.share_id(),
                      .purpose = message.purpose(),
                      .profile = message.profile(),
                      .state = std::move(state),
                      .keep_through = message.keep_through(),
                      .given_at = {},
                      .ended_at = {},
                      .ended_by = message.ended_by(),
                      .credential_ids = {message.credential_ids().begin(), message.credential_ids().end()}};
  if (message.has_give_time()) share.given_at = Instant{message.give_time().seconds()};
  if (message.has_end_time()) share.ended_at = Instant{message.end_time().seconds()};
  return share;
}

AskedShare ToAsked(const v1::AskForShareResponse& response) {
  const v1::ShareRequest& message = response.share_request();
  AskedShare asked{.id = message.share_request_id(),
                   .link = response.link(),
                   .code = SecretOf(response.code()),
                   .receiver = message.receiver(),
                   .receiver_name = message.receiver_name(),
                   .nonce = message.nonce(),
                   .purpose = message.purpose(),
                   .purpose_label = message.purpose_label(),
                   .profile = message.profile(),
                   .records = {},
                   .day = message.day(),
                   .employment = message.engagement() == v1::ENGAGEMENT_EMPLOYMENT,
                   .keep_through = message.keep_through(),
                   .answer_enough = message.answer_enough(),
                   .expires_at = Instant{message.expire_time().seconds()}};
  for (const v1::AskedRecord& each : message.records())
    asked.records.push_back({each.kind(), {each.facts().begin(), each.facts().end()}, each.needs()});
  return asked;
}

// Other files of this target have a FromWire of their own that would be found first.
Result<RoleDecisionAnswer> ToJudged(const v1::LookAtShareResponse& response) {
  TRY_ASSIGN(VerificationAnswer verification, passport::FromWire(response.verification()));
  RoleDecisionAnswer judged{.verification = std::move(verification),
                            .decision = std::nullopt,
                            .kept = {.receipt = response.receipt(), .reliance = response.reliance()},
                            .overrides = {}};
  if (response.has_decision()) {
    TRY_ASSIGN(judged.decision, passport::FromWire(response.decision()));
  }
  for (const v1::Override& each : response.overrides()) judged.overrides.push_back(passport::FromWire(each));
  return judged;
}

}  // namespace

Result<AskedShare> ServiceClient::AskForShare(std::string_view request_id, const ShareQuestion& question) {
  v1::AskForShareRequest request;
  request.set_request_id(std::string(request_id));
  request.set_purpose(question.purpose);
  request.set_profile(question.profile);
  for (const std::string& kind : question.kinds) request.add_kinds(kind);
  request.set_day(question.day);
  request.set_engagement(question.employment ? v1::ENGAGEMENT_EMPLOYMENT : v1::ENGAGEMENT_PLACEMENT);
  request.set_keep_through(question.keep_through);
  request.set_answer_enough(question.answer_enough);
  request.set_seconds(question.seconds);
  TRY_ASSIGN(const v1::AskForShareResponse response, parts_->Call(*parts_->share, &Shares::AskForShare, request));
  return ToAsked(response);
}

Result<ReceivedSharePage> ServiceClient::ListShares(int page_size, std::string_view page_token) {
  v1::ListSharesRequest request;
  request.set_page_size(page_size);
  request.set_page_token(std::string(page_token));
  TRY_ASSIGN(const v1::ListSharesResponse response, parts_->Call(*parts_->share, &Shares::ListShares, request));
  ReceivedSharePage page{.shares = {}, .next_page_token = response.next_page_token()};
  for (const v1::Share& message : response.shares()) {
    TRY_ASSIGN(ReceivedShare share, ToShare(message));
    page.shares.push_back(std::move(share));
  }
  return page;
}

Result<ShareLook> ServiceClient::LookAtShare(std::string_view share_id, const ShiftQuestion& shift) {
  v1::LookAtShareRequest request;
  request.set_share_id(std::string(share_id));
  request.set_day(shift.day);
  if (shift.starts_at) request.mutable_start_time()->set_seconds(shift.starts_at->seconds);
  if (shift.ends_at) request.mutable_end_time()->set_seconds(shift.ends_at->seconds);
  request.set_place(shift.place);
  request.set_agreement(shift.agreement);
  TRY_ASSIGN(const v1::LookAtShareResponse response, parts_->Call(*parts_->share, &Shares::LookAtShare, request));
  if (response.has_verification() != response.answer().empty())
    return Fault{Reason::kSchemaNewer, "", "the service answers with a look this program does not know"};
  ShareLook look{.judged = std::nullopt, .answer = response.answer(), .kept = {}, .overrides = {}};
  if (response.has_verification()) {
    TRY_ASSIGN(look.judged, ToJudged(response));
    return look;
  }
  look.kept = {.receipt = response.receipt(), .reliance = response.reliance()};
  for (const v1::Override& each : response.overrides()) look.overrides.push_back(passport::FromWire(each));
  return look;
}

Result<ReceivedShare> ServiceClient::EndShare(std::string_view request_id, std::string_view share_id) {
  v1::EndShareRequest request;
  request.set_request_id(std::string(request_id));
  request.set_share_id(std::string(share_id));
  TRY_ASSIGN(const v1::EndShareResponse response, parts_->Call(*parts_->share, &Shares::EndShare, request));
  return ToShare(response.share());
}

Result<ShareNoticePage> ServiceClient::PollShares(std::string_view resume_token) {
  v1::PollSharesRequest request;
  request.set_resume_token(std::string(resume_token));
  TRY_ASSIGN(const v1::PollSharesResponse response, parts_->Call(*parts_->share, &Shares::PollShares, request));
  ShareNoticePage page{.notices = {}, .resume_token = response.resume_token()};
  for (const v1::ShareNotice& message : response.notices()) page.notices.push_back(FromWire(message));
  return page;
}

Result<void> ServiceClient::WatchShares(std::string_view resume_token, const ShareNoticeSink& sink,
                                        std::chrono::milliseconds silence) {
  return FollowShareNotices(*parts_->share, resume_token, parts_->address, silence, sink);
}

}  // namespace passport
