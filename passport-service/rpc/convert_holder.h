// HolderService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/present_passport.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/holder_service.pb.h"

namespace passport {

struct HoldingsOrder {
  Caller by;
  std::string passport_code;
};

Result<HoldingsOrder> ToOrder(const Caller& by, const staffpassport::v1::ListHoldingsRequest& request);
Result<PresentPassport::Order> ToOrder(const Caller& by, const staffpassport::v1::PresentRequest& request);

void Fill(const std::vector<PresentPassport::Holding>& holdings, staffpassport::v1::ListHoldingsResponse& response);
void Fill(const Presentation& presentation, staffpassport::v1::PresentResponse& response);

}  // namespace passport
