// From the wire to the plain values of a person's program. Fails with kSchemaNewer for a word this program does not
// know.
#pragma once

#include "staffpassport/v1/share.pb.h"
#include "staffpassport/v1/wallet_service.pb.h"
#include "wallet-cli/online/person_answers.h"

namespace passport {

Result<CarriedCredential> FromWire(const staffpassport::v1::ReceivedCredential& message);
Result<DisputeAnswer> FromWire(const staffpassport::v1::Dispute& message);
Result<StillKeptAnswer> FromWire(const staffpassport::v1::StillKept& message);
Result<ShareRequestAnswer> FromWire(const staffpassport::v1::ShareRequest& message);
Result<ShareAnswer> FromWire(const staffpassport::v1::Share& message);
LookAnswer FromWire(const staffpassport::v1::Look& message);
staffpassport::v1::HeldAs ToWire(HeldAs held_as);

}  // namespace passport
