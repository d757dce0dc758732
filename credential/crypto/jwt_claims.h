// Registered claims of a JWT payload (RFC 7519): types and times.
#pragma once

#include <optional>
#include <string_view>

#include "credential/encoding/json.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// A NumericDate claim: nothing when absent; kTime (check JWT-10) unless it is a JSON number in 0 .. 2^53 - 1. A
// fraction is rounded up, which keeps every comparison with whole seconds exact.
Result<std::optional<Instant>> ReadTime(const json::Value& payload, std::string_view name);

// JWT-10: now < exp + leeway, now >= nbf - leeway, iat not in the future beyond leeway, each where present. Fails with
// kTime.
Result<void> CheckTimes(const json::Value& payload, Instant now, Seconds leeway);

}  // namespace passport
