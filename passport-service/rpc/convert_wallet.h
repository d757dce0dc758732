// WalletService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/dispute_records.h"
#include "passport-service/acts/erase_passport.h"
#include "passport-service/acts/move_passport.h"
#include "passport-service/acts/receive_records.h"
#include "passport-service/acts/redeem_invitation.h"
#include "passport-service/acts/replace_passport.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/wallet_service.pb.h"

namespace passport {

template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::RedeemRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::MovePassportRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::JoinPassportRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::UndoReplacementRequest> = true;

// Fails with kFieldInvalid for unspecified and for numbers of a newer version.
Result<HeldAs> ToHeldAs(staffpassport::v1::HeldAs held_as);

Result<RedeemOrder> ToOrder(const HolderCaller& by, const staffpassport::v1::RedeemRequest& request);
Result<ReceiveRecords::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::ReceiveRequest& request);

Result<AcceptRecord::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::AcceptRecordRequest& request);
Result<DisputeRecord::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::DisputeRecordRequest& request);
Result<HolderCaller> ToOrder(const HolderCaller& by, const staffpassport::v1::ListMyDisputesRequest& request);
Result<MovePassport::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::MovePassportRequest& request);
Result<JoinPassport::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::JoinPassportRequest& request);
Result<ReportLoss::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::ReportLossRequest& request);
Result<UndoReplacement::Order> ToOrder(const HolderCaller& by,
                                       const staffpassport::v1::UndoReplacementRequest& request);
Result<ErasePassport::Order> ToOrder(const HolderCaller& by, const staffpassport::v1::ErasePassportRequest& request);

void Fill(const Redeemed& redeemed, staffpassport::v1::RedeemResponse& response);
void Fill(const Received& received, staffpassport::v1::ReceivedCredential& message);
void Fill(const Done& done, staffpassport::v1::AcceptRecordResponse& response);
void Fill(const Dispute& dispute, staffpassport::v1::Dispute& message);
void Fill(const Dispute& dispute, staffpassport::v1::DisputeRecordResponse& response);
void Fill(const std::vector<Dispute>& disputes, staffpassport::v1::ListMyDisputesResponse& response);
void Fill(const RebindPassport::Outcome& outcome, staffpassport::v1::MovePassportResponse& response);
void Fill(const RebindPassport::Outcome& outcome, staffpassport::v1::JoinPassportResponse& response);
void Fill(const ReportLoss::Reported& reported, staffpassport::v1::ReportLossResponse& response);
void Fill(const UndoReplacement::Undone& undone, staffpassport::v1::UndoReplacementResponse& response);
void Fill(const ErasePassport::Erased& erased, staffpassport::v1::ErasePassportResponse& response);

}  // namespace passport
