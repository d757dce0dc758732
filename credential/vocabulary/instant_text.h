// An instant as people and scripts write it.
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// Unix seconds ("1795300000"), RFC 3339 in UTC ("2026-11-22T08:26:40Z", years 1970 to 9999), or the clock on a wall in
// Europe/London ("2026-11-22T08:26", years 1970 to 2199). Fails with kFieldInvalid, also for a wall clock that shows a
// time twice or never because the clocks change: then only UTC says which is meant.
Result<Instant> ParseInstant(std::string_view text);

// "2026-11-22T08:26:40Z".
std::string UtcText(Instant at);

}  // namespace passport
