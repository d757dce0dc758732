// WalletService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/receive_records.h"
#include "passport-service/acts/redeem_invitation.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/wallet_service.pb.h"

namespace passport {

// Any key, and the code of any passport: what is redeemed is what opens it.
template <>
inline constexpr HolderNeeds kHolderNeeds<staffpassport::v1::RedeemRequest> = HolderNeeds::kKeyOrCode;

// Fails with kFieldInvalid for unspecified and for numbers of a newer version.
Result<HeldAs> ToHeldAs(staffpassport::v1::HeldAs held_as);

Result<RedeemOrder> ToOrder(const HolderCaller& by, const staffpassport::v1::RedeemRequest& request);
Result<ReceiveRecords::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::ReceiveRequest& request);

void Fill(const Redeemed& redeemed, staffpassport::v1::RedeemResponse& response);
void Fill(const Received& received, staffpassport::v1::ReceivedCredential& message);

}  // namespace passport
