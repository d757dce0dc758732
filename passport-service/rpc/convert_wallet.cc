#include "passport-service/rpc/convert_wallet.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::size_t kInvitationTextMax = 64;

// Of calls whose act judges the proof: nothing at all came.
Fault NothingProved() { return {Reason::kHolderUnknown, "", "a good key or code must come with the call"}; }

}  // namespace

Result<HeldAs> ToHeldAs(v1::HeldAs held_as) {
  switch (held_as) {
    case v1::HELD_AS_KEPT:
      return HeldAs::kKept;
    case v1::HELD_AS_FILE:
      return HeldAs::kFile;
    case v1::HELD_AS_WALLET:
      return HeldAs::kWallet;
    default:
      return Fault{Reason::kFieldInvalid, "", "held_as is not KEPT, FILE or WALLET"};
  }
}

Result<RedeemOrder> ToOrder(const HolderCaller& by, const v1::RedeemRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  if (request.invitation().size() > kInvitationTextMax || request.code().size() > kInvitationTextMax) {
    return Fault{Reason::kFieldInvalid, "", "invitation or code is longer than one of ours"};
  }
  RedeemOrder order{
      .by = by, .request = std::move(id), .invitation = request.invitation(), .code = request.code(), .held_as = {}};
  if (request.held_as() != v1::HELD_AS_UNSPECIFIED) {
    TRY_ASSIGN(order.held_as, ToHeldAs(request.held_as()));
  }
  return order;
}

Result<ReceiveRecords::Order> ToOrder(const HolderCaller& by, const v1::ReceiveRequest& request) {
  return ReceiveRecords::Order{.by = by, .since = request.since()};
}

void Fill(const Redeemed& redeemed, v1::RedeemResponse& response) {
  response.set_person_id(redeemed.person.text());
  response.set_organisation(redeemed.organisation.text());
  response.set_passport_code(redeemed.passport_code.value_or(""));
  response.set_signed_again(redeemed.signed_again);
}

void Fill(const Received& received, v1::ReceivedCredential& message) {
  message.set_credential_id(received.row.id.text());
  message.set_issuer(received.row.organisation.text());
  message.set_issuer_name(received.issuer_name);
  message.set_kind(received.row.kind);
  message.set_state(ToMessage(received.state));
  message.set_state_reason(received.reason);
  message.set_token(received.token);
  message.set_accepted(received.accepted);
}

v1::DisputeState ToMessage(DisputeState state) {
  switch (state) {
    case DisputeState::kOpen:
      return v1::DISPUTE_STATE_OPEN;
    case DisputeState::kCorrected:
      return v1::DISPUTE_STATE_CORRECTED;
    case DisputeState::kConfirmed:
      return v1::DISPUTE_STATE_CONFIRMED;
    case DisputeState::kWithdrawn:
      return v1::DISPUTE_STATE_WITHDRAWN;
    case DisputeState::kAccepted:
      return v1::DISPUTE_STATE_UNSPECIFIED;  // is no dispute
  }
  return v1::DISPUTE_STATE_UNSPECIFIED;
}

Result<AcceptRecord::Order> ToOrder(const HolderCaller& by, const v1::AcceptRecordRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(CredentialId credential, ToCredentialId(request.credential_id()));
  return AcceptRecord::Order{.by = by, .request = std::move(id), .credential = std::move(credential)};
}

Result<DisputeRecord::Order> ToOrder(const HolderCaller& by, const v1::DisputeRecordRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(CredentialId credential, ToCredentialId(request.credential_id()));
  return DisputeRecord::Order{.by = by,
                              .request = std::move(id),
                              .credential = std::move(credential),
                              .words = request.words(),
                              .withdraw = request.withdraw()};
}

Result<HolderCaller> ToOrder(const HolderCaller& by, const v1::ListMyDisputesRequest&) { return by; }

Result<MovePassport::Order> ToOrder(const HolderCaller& by, const v1::MovePassportRequest& request) {
  if (!by.person && !by.key && request.new_key_proof().empty()) return NothingProved();
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const HeldAs held_as, ToHeldAs(request.held_as()));
  return MovePassport::Order{.by = by, .request = std::move(id), .held_as = held_as, .new_key = {}};
}

Result<JoinPassport::Order> ToOrder(const HolderCaller& by, const v1::JoinPassportRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  return JoinPassport::Order{
      .by = by, .request = std::move(id), .other_passport_code = request.other_passport_code(), .other_key = {}};
}

Result<ReportLoss::Order> ToOrder(const HolderCaller& by, const v1::ReportLossRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  return ReportLoss::Order{.by = by, .request = std::move(id), .end_shares = request.end_shares()};
}

Result<UndoReplacement::Order> ToOrder(const HolderCaller& by, const v1::UndoReplacementRequest& request) {
  if (request.passport_code().empty()) return NothingProved();
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  return UndoReplacement::Order{.by = by,
                                .request = std::move(id),
                                .passport_code = request.passport_code(),
                                .session_code = request.session_code()};
}

Result<ErasePassport::Order> ToOrder(const HolderCaller& by, const v1::ErasePassportRequest& request) {
  TRY_ASSIGN(RequestId id, ToRequestId(request.request_id()));
  return ErasePassport::Order{.by = by, .request = std::move(id)};
}

void Fill(const Done&, v1::AcceptRecordResponse&) {}

void Fill(const Dispute& dispute, v1::Dispute& message) {
  message.set_dispute_id(dispute.row.id);
  message.set_credential_id(dispute.row.credential.text());
  message.set_issuer(dispute.row.organisation.text());
  message.set_kind(dispute.row.kind);
  message.set_words(dispute.words);
  message.set_state(ToMessage(dispute.row.state));
  message.set_answer(dispute.answer);
  *message.mutable_raise_time() = ToTimestamp(dispute.row.raised_at);
  if (dispute.row.settled_at) *message.mutable_settle_time() = ToTimestamp(*dispute.row.settled_at);
}

void Fill(const Dispute& dispute, v1::DisputeRecordResponse& response) { Fill(dispute, *response.mutable_dispute()); }

void Fill(const std::vector<Dispute>& disputes, v1::ListMyDisputesResponse& response) {
  for (const Dispute& dispute : disputes) Fill(dispute, *response.add_disputes());
}

void Fill(const RebindPassport::Outcome& outcome, v1::MovePassportResponse& response) {
  response.set_signed_again(static_cast<std::uint32_t>(outcome.signed_again));
  for (const CredentialId& left : outcome.left_behind) response.add_left_behind(left.text());
  response.set_passport_code(outcome.passport_code);
}

void Fill(const RebindPassport::Outcome& outcome, v1::JoinPassportResponse& response) {
  response.set_signed_again(static_cast<std::uint32_t>(outcome.signed_again));
  for (const CredentialId& left : outcome.left_behind) response.add_left_behind(left.text());
}

void Fill(const ReportLoss::Reported& reported, v1::ReportLossResponse& response) {
  response.set_report_id(reported.id);
}

void Fill(const UndoReplacement::Undone& undone, v1::UndoReplacementResponse& response) {
  response.set_reinstated(static_cast<std::uint32_t>(undone.reinstated));
}

v1::KeptOf ToMessage(KeptOf what) {
  switch (what) {
    case KeptOf::kPeople:
      return v1::KEPT_OF_PEOPLE;
    case KeptOf::kCredentials:
      return v1::KEPT_OF_CREDENTIALS;
    case KeptOf::kReliances:
      return v1::KEPT_OF_RELIANCES;
    case KeptOf::kPassport:
      return v1::KEPT_OF_PASSPORT;
    case KeptOf::kAudit:
      return v1::KEPT_OF_AUDIT;
  }
  return v1::KEPT_OF_UNSPECIFIED;
}

void Fill(const ErasePassport::Erased& erased, v1::ErasePassportResponse& response) {
  for (const StillKept& kept : erased.kept) {
    v1::StillKept& message = *response.add_kept();
    message.set_what(ToMessage(kept.what));
    if (kept.keeper) message.set_organisation(kept.keeper->text());
    message.set_organisation_name(kept.keeper_name);
    message.set_count(kept.count);
    if (kept.until) *message.mutable_until_time() = ToTimestamp(*kept.until);
    message.set_rule(kept.rule);
    message.set_why(kept.why);
    message.set_source(kept.source);
  }
}

}  // namespace passport
