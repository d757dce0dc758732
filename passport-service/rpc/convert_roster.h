// RosterService: messages to orders and answers to messages.
#pragma once

#include "passport-service/acts/check_roster.h"
#include "staffpassport/v1/roster_service.pb.h"

namespace passport {

CheckRoster::Order ToOrder(const Caller& by, const staffpassport::v1::RosterOpening& opening);
// What can not be read of a line is a reason on it.
RosterLine ToLine(const staffpassport::v1::RosterLine& message);
// `explain`: with all lines of the decision.
void Fill(const RosterResult& result, bool explain, staffpassport::v1::RosterResult& message);
void Fill(const RosterTally& tally, staffpassport::v1::RosterSummary& message);

}  // namespace passport
