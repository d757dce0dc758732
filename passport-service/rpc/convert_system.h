// SystemService: messages to orders and answers to messages.
#pragma once

#include <vector>

#include "passport-service/acts/keep_systems.h"
#include "staffpassport/v1/access.pb.h"
#include "staffpassport/v1/system_service.pb.h"

namespace passport {

// There and back. ToRole fails with kFieldInvalid for unspecified and for numbers of a newer version.
Result<Role> ToRole(staffpassport::v1::Role role);
staffpassport::v1::Role ToMessage(Role role);

Result<KeepSystems::Put> ToOrder(const Caller& by, const staffpassport::v1::PutSystemRequest& request);
Result<KeepSystems::Revocation> ToOrder(const Caller& by, const staffpassport::v1::RevokeSystemRequest& request);
Result<KeepSystems::Listing> ToOrder(const Caller& by, const staffpassport::v1::ListSystemsRequest& request);

void Fill(const SystemRow& row, staffpassport::v1::System& message);
void Fill(const SystemRow& row, staffpassport::v1::PutSystemResponse& response);
void Fill(const SystemRow& row, staffpassport::v1::RevokeSystemResponse& response);
void Fill(const std::vector<SystemRow>& rows, staffpassport::v1::ListSystemsResponse& response);

}  // namespace passport
