// Systems that may call, to the wire and back.
#pragma once

#include <string_view>

#include "operator-cli/online/answers.h"
#include "staffpassport/v1/access.pb.h"
#include "staffpassport/v1/system_service.pb.h"

namespace passport {

// "issuer_clerk". Fails with kFieldInvalid.
Result<staffpassport::v1::Role> RoleOf(std::string_view word);
// Fails with kFieldInvalid for a word that is no role.
Result<staffpassport::v1::PutSystemRequest> ToWire(std::string_view request_id, const SystemEntry& entry);
staffpassport::v1::RevokeSystemRequest ToWire(std::string_view request_id, const SystemEnding& ending);

// Fails with kSchemaNewer when the service names a role or a state that this program has no word for.
Result<SystemAnswer> FromWire(const staffpassport::v1::System& message);

}  // namespace passport
