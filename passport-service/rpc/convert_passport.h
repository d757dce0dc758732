// PassportService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/dispute_records.h"
#include "passport-service/acts/end_employment.h"
#include "passport-service/acts/invite_person.h"
#include "passport-service/acts/issue_badge.h"
#include "passport-service/acts/replace_passport.h"
#include "passport-service/acts/unlock_passport.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/passport_service.pb.h"

namespace passport {

template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::ReplacePassportRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::EndEmploymentRequest> = true;

// Fails with kFieldInvalid when it is missing or its day is none.
Result<IdentityCheck> ToIdentityCheck(bool there, const staffpassport::v1::IdentityAssurance& message);

Result<InvitePerson::Order> ToOrder(const Caller& by, const staffpassport::v1::InvitePersonRequest& request);

Result<UnlockPassport::Order> ToOrder(const Caller& by, const staffpassport::v1::UnlockPassportRequest& request);
Result<ReplacePassport::Order> ToOrder(const Caller& by, const staffpassport::v1::ReplacePassportRequest& request);
Result<EndEmployment::Order> ToOrder(const Caller& by, const staffpassport::v1::EndEmploymentRequest& request);
Result<ReadDisputes::ListOrder> ToOrder(const Caller& by, const staffpassport::v1::ListDisputesRequest& request);
Result<SettleDispute::Order> ToOrder(const Caller& by, const staffpassport::v1::SettleDisputeRequest& request);

void Fill(const Invitation& invitation, staffpassport::v1::InvitePersonResponse& response);

void Fill(const UnlockPassport::Unlocked& unlocked, staffpassport::v1::UnlockPassportResponse& response);
void Fill(const ReplacePassport::Replaced& replaced, staffpassport::v1::ReplacePassportResponse& response);
void Fill(const EndEmployment::Ended& ended, staffpassport::v1::EndEmploymentResponse& response);
void Fill(const Page<Dispute>& page, staffpassport::v1::ListDisputesResponse& response);
void Fill(const Dispute& dispute, staffpassport::v1::SettleDisputeResponse& response);
Result<IssueBadge::Order> ToOrder(const Caller& by, const staffpassport::v1::IssueBadgeRequest& request);

void Fill(const IssueBadge::Issued& issued, staffpassport::v1::IssueBadgeResponse& response);

}  // namespace passport
