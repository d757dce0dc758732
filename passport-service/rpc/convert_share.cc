#include "passport-service/rpc/convert_share.h"

#include "passport-service/rpc/convert_values.h"
#include "passport-service/rpc/convert_verifier.h"
#include "passport-service/rpc/status_of_fault.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr int kAskedKindsMax = 64;
constexpr std::size_t kShareCodeTextMax = 32;

Result<ShareId> ToShareId(std::string_view text) {
  Result<ShareId> id = ShareId::Parse(text);
  if (!id.ok()) return Fault{Reason::kFieldInvalid, "", "share id or link is not one of ours"};
  return id;
}

Result<std::string> ToShareCode(const std::string& text) {
  if (text.size() <= kShareCodeTextMax) return text;
  return Fault{Reason::kFieldInvalid, "", "code is longer than one of ours"};
}

Result<std::size_t> ToLimit(int page_size) {
  if (page_size < 0) return Fault{Reason::kFieldInvalid, "", "page_size is negative"};
  return static_cast<std::size_t>(page_size);
}

v1::Engagement ToMessage(Engagement engagement) {
  return engagement == Engagement::kEmployment ? v1::ENGAGEMENT_EMPLOYMENT : v1::ENGAGEMENT_PLACEMENT;
}

void FillAsked(const AskedRow& asked, v1::AskedRecord& message) {
  message.set_kind(asked.kind);
  for (const std::string& fact : asked.facts) message.add_facts(fact);
  message.set_needs(asked.needs);
}

void FillRequest(const ShareView& share, v1::ShareRequest& message) {
  const ShareRow& row = share.row;
  message.set_share_request_id(row.id.text());
  message.set_receiver(row.receiver.text());
  message.set_receiver_name(share.receiver_name);
  message.set_audience(row.receiver.text());
  message.set_nonce(row.nonce);
  message.set_purpose(row.purpose);
  message.set_purpose_label(share.purpose_label);
  message.set_profile(row.profile);
  for (const AskedRow& each : row.asked) FillAsked(each, *message.add_records());
  message.set_day(row.day.Text());
  message.set_engagement(ToMessage(row.engagement));
  if (row.keep_through) message.set_keep_through(row.keep_through->Text());
  message.set_answer_enough(row.answer_enough);
  *message.mutable_expire_time() = ToTimestamp(row.answer_by);
  message.set_transaction_data(TransactionOf(row));
}

void FillShare(const ShareView& share, v1::Share& message) {
  const ShareRow& row = share.row;
  message.set_share_id(row.id.text());
  message.set_receiver(row.receiver.text());
  message.set_receiver_name(share.receiver_name);
  message.set_purpose(row.purpose);
  message.set_profile(row.profile);
  message.set_state(ToMessage(row.looked_at ? ShareState::kLapsed : row.state));
  if (row.keep_through) message.set_keep_through(row.keep_through->Text());
  if (row.given_at) *message.mutable_give_time() = ToTimestamp(*row.given_at);
  if (row.ended_at) *message.mutable_end_time() = ToTimestamp(*row.ended_at);
  message.set_ended_by(row.ended_by);
  // Of an answer alone the receiver learns nothing of what it rests on.
  if (row.answer_only) return;
  for (const CredentialId& each : row.credentials) message.add_credential_ids(each.text());
}

// To the person.
void FillMyShare(const ShareView& share, v1::Share& message) {
  FillShare(share, message);
  if (share.row.state != ShareState::kRenewing) return;
  message.set_audience(share.row.receiver.text());
  message.set_nonce(share.row.nonce);
  message.set_transaction_data(TransactionOf(share.row));
  for (const AskedRow& each : share.row.asked) FillAsked(each, *message.add_records());
}

}  // namespace

Result<Looked> Look(LookAtShare& look, const LookAtShare::Order& order) {
  Result<LookAtShare::Answer> answer = look(order);
  if (answer.ok()) return Looked(std::move(answer).value());
  if (WireOf(answer.fault().reason).concern == Concern::kPresentation) return Looked(answer.fault());
  return std::move(answer).fault();
}

Result<AskForShare::Order> ToOrder(const Caller& by, const v1::AskForShareRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  if (request.kinds_size() > kAskedKindsMax) return Fault{Reason::kFieldInvalid, "", "more than 64 kinds are named"};
  AskForShare::Order order{.by = by,
                           .request = id,
                           .purpose = request.purpose(),
                           .profile = {},
                           .kinds = {request.kinds().begin(), request.kinds().end()},
                           .day = {},
                           .keep_through = {},
                           .answer_enough = request.answer_enough(),
                           .open_for = Seconds{request.seconds()}};
  if (!request.profile().empty()) order.profile = request.profile();
  TRY_ASSIGN(order.day, ToDay(request.day(), "day"));
  TRY_ASSIGN(order.keep_through, ToDay(request.keep_through(), "keep_through"));
  TRY_ASSIGN(order.engagement, ToEngagement(request.engagement()));
  return order;
}

Result<ReadShareRequest::Order> ToOrder(const HolderCaller& by, const v1::ReadShareRequestRequest& request) {
  TRY_ASSIGN(const ShareId share, ToShareId(request.link()));
  TRY_ASSIGN(std::string code, ToShareCode(request.code()));
  return ReadShareRequest::Order{.by = by, .share = share, .code = std::move(code)};
}

Result<AnswerShare::Order> ToOrder(const HolderCaller& by, const v1::AnswerShareRequestRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const ShareId share, ToShareId(request.share_request_id()));
  TRY_ASSIGN(std::string code, ToShareCode(request.code()));
  AnswerShare::Order order{.by = by,
                           .request = id,
                           .share = share,
                           .code = std::move(code),
                           .what = Decline{},
                           .answer_only = request.answer_only()};
  switch (request.answer_case()) {
    case v1::AnswerShareRequestRequest::kPresentation:
      order.what = GivePresentation{request.presentation()};
      return order;
    case v1::AnswerShareRequestRequest::kLeast:
      if (!request.least()) break;
      order.what = GiveLeast{};
      return order;
    case v1::AnswerShareRequestRequest::kDecline:
      if (!request.decline()) break;
      return order;
    case v1::AnswerShareRequestRequest::ANSWER_NOT_SET:
      break;
  }
  return Fault{Reason::kFieldInvalid, "", "none of presentation, least and decline is there"};
}

Result<MySharesOrder> ToOrder(const HolderCaller& by, const v1::ListMySharesRequest&) { return MySharesOrder{by}; }

Result<ListLooks::Order> ToOrder(const HolderCaller& by, const v1::ListLooksRequest& request) {
  ListLooks::Order order{.by = by, .share = {}};
  if (!request.share_id().empty()) {
    TRY_ASSIGN(order.share, ToShareId(request.share_id()));
  }
  return order;
}

Result<EndShare::ByHolder> ToOrder(const HolderCaller& by, const v1::EndMyShareRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const ShareId share, ToShareId(request.share_id()));
  return EndShare::ByHolder{.by = by, .request = id, .share = share};
}

Result<RenewShare::Order> ToOrder(const HolderCaller& by, const v1::RenewShareRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const ShareId share, ToShareId(request.share_id()));
  return RenewShare::Order{.by = by, .request = id, .share = share, .presentation = request.presentation()};
}

Result<SharesOrder> ToOrder(const Caller& by, const v1::ListSharesRequest& request) {
  TRY_ASSIGN(const std::size_t limit, ToLimit(request.page_size()));
  return SharesOrder{.by = by, .after = request.page_token(), .limit = limit};
}

Result<LookAtShare::Order> ToOrder(const Caller& by, const v1::LookAtShareRequest& request) {
  TRY_ASSIGN(const ShareId share, ToShareId(request.share_id()));
  AskedShift shift;
  TRY_ASSIGN(shift.day, ToDay(request.day(), "day"));
  TRY_ASSIGN(shift.starts_at, ToMoment(request.has_start_time(), request.start_time(), "start_time"));
  TRY_ASSIGN(shift.ends_at, ToMoment(request.has_end_time(), request.end_time(), "end_time"));
  if (!request.place().empty()) {
    TRY_ASSIGN(shift.place, OrganisationId::Parse(request.place()));
  }
  LookAtShare::Order order{.by = by, .share = share, .shift = shift, .agreement = request.agreement()};
  if (!request.request_id().empty()) {
    TRY_ASSIGN(order.request, ToRequestId(request.request_id()));
  }
  return order;
}

Result<EndShare::ByReceiver> ToOrder(const Caller& by, const v1::EndShareRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const ShareId share, ToShareId(request.share_id()));
  return EndShare::ByReceiver{.by = by, .request = id, .share = share};
}

Result<PollSharesOrder> ToOrder(const Caller& by, const v1::PollSharesRequest& request) {
  TRY_ASSIGN(const std::size_t limit, ToLimit(request.page_size()));
  PollSharesOrder order{.by = by, .after = {}, .limit = limit};
  if (!request.resume_token().empty()) {
    TRY_ASSIGN(order.after, ParseToken(request.resume_token()));
  }
  return order;
}

void Fill(const AskForShare::Answer& answer, v1::AskForShareResponse& response) {
  FillRequest(answer.share, *response.mutable_share_request());
  response.set_link(answer.share.row.id.text());
  response.set_code(answer.code);
}

void Fill(const ShareView& share, v1::ReadShareRequestResponse& response) {
  FillRequest(share, *response.mutable_share_request());
}
void Fill(const ShareView& share, v1::AnswerShareRequestResponse& response) {
  FillMyShare(share, *response.mutable_share());
}
void Fill(const ShareView& share, v1::EndMyShareResponse& response) { FillMyShare(share, *response.mutable_share()); }
void Fill(const ShareView& share, v1::RenewShareResponse& response) { FillMyShare(share, *response.mutable_share()); }
void Fill(const ShareView& share, v1::EndShareResponse& response) { FillShare(share, *response.mutable_share()); }

void Fill(const std::vector<ShareView>& shares, v1::ListMySharesResponse& response) {
  for (const ShareView& each : shares) FillMyShare(each, *response.add_shares());
}

void Fill(const std::vector<SeenLook>& looks, v1::ListLooksResponse& response) {
  for (const SeenLook& each : looks) {
    v1::Look& look = *response.add_looks();
    look.set_share_id(each.share);
    look.set_receiver(each.receiver.text());
    look.set_receiver_name(each.receiver_name);
    *look.mutable_look_time() = ToTimestamp(each.at);
    look.set_purpose(each.purpose);
    for (const AskedRow& record : each.records) FillAsked(record, *look.add_records());
    look.set_outcome(each.outcome);
  }
}

void Fill(const Page<ShareView>& page, v1::ListSharesResponse& response) {
  for (const ShareView& each : page.rows) FillShare(each, *response.add_shares());
  response.set_next_page_token(page.next);
}

void Fill(const Looked& looked, v1::LookAtShareResponse& response) {
  const auto* answer = std::get_if<LookAtShare::Answer>(&looked);
  if (answer == nullptr) {
    FillVerification(std::get<Fault>(looked), *response.mutable_verification());
    return;
  }
  response.set_answer(answer->derived);
  if (answer->presentation) FillVerification(*answer->presentation, *response.mutable_verification());
  if (answer->decision) Fill(*answer->decision, *response.mutable_decision());
  response.set_receipt(answer->receipt);
  response.set_reliance(answer->reliance);
  for (const Override& each : answer->overrides) FillOverride(each, *response.add_overrides());
}

void Fill(const ShareNoticeRow& row, v1::ShareNotice& message) {
  message.set_share_id(row.share.text());
  message.set_resume_token(TokenOf(row.sequence));
  *message.mutable_notice_time() = ToTimestamp(row.at);
}

void Fill(const ShareNotices& notices, v1::PollSharesResponse& response) {
  for (const ShareNoticeRow& row : notices.rows) Fill(row, *response.add_notices());
  response.set_resume_token(TokenOf(notices.next));
}

v1::ShareState ToMessage(ShareState state) {
  switch (state) {
    case ShareState::kAsked:
      return v1::SHARE_STATE_ASKED;
    case ShareState::kGiven:
      return v1::SHARE_STATE_GIVEN;
    case ShareState::kRenewing:
      return v1::SHARE_STATE_RENEWING;
    case ShareState::kDeclined:
      return v1::SHARE_STATE_DECLINED;
    case ShareState::kEnded:
      return v1::SHARE_STATE_ENDED;
    case ShareState::kLapsed:
      return v1::SHARE_STATE_LAPSED;
  }
  return v1::SHARE_STATE_UNSPECIFIED;
}

}  // namespace passport
