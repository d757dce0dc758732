// An instant as people and scripts write it on a command line.
#pragma once

#include <string_view>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// Unix seconds ("1795300000") or RFC 3339 in UTC ("2026-11-22T08:26:40Z"), years 1970 to 9999. Fails with
// kFieldInvalid.
Result<Instant> ParseInstant(std::string_view text);

}  // namespace passport
