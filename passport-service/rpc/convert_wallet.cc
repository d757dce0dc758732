#include "passport-service/rpc/convert_wallet.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::size_t kInvitationTextMax = 64;

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

}  // namespace passport
