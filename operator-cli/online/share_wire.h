// From the wire to the words of a share's states.
#pragma once

#include <string>

#include "credential/vocabulary/result.h"
#include "staffpassport/v1/share.pb.h"

namespace passport {

// Fails with kSchemaNewer for a state this program does not know.
Result<std::string> ShareStateWord(staffpassport::v1::ShareState state);

}  // namespace passport
