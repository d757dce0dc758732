// PassportService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/invite_person.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/passport_service.pb.h"

namespace passport {

// Fails with kFieldInvalid when it is missing or its day is none.
Result<IdentityCheck> ToIdentityCheck(bool there, const staffpassport::v1::IdentityAssurance& message);

Result<InvitePerson::Order> ToOrder(const Caller& by, const staffpassport::v1::InvitePersonRequest& request);

void Fill(const Invitation& invitation, staffpassport::v1::InvitePersonResponse& response);

}  // namespace passport
