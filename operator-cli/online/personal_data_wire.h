// Erasure and retention, to the wire and back.
#pragma once

#include <string_view>

#include "operator-cli/online/answers.h"
#include "staffpassport/v1/personal_data_service.pb.h"

namespace passport {

// Fails with kFieldInvalid for a word that is no reason.
Result<staffpassport::v1::ErasePersonRequest> ToWire(std::string_view request_id, const ErasureEntry& entry);
ErasureAnswer FromWire(const staffpassport::v1::ErasePersonResponse& response);
RetentionAnswer FromWire(const staffpassport::v1::ReportRetentionResponse& response);
RetentionAnswer FromWire(const staffpassport::v1::ApplyRetentionResponse& response);

}  // namespace passport
