// What the number of a status list says about a credential (TSL-17).
#pragma once

#include <cstdint>

#include "credential/vocabulary/result.h"

namespace passport {

// Fine for 0 (valid). Fails with kRevoked for 1, kSuspended for 2, and kStatus for every other value: an application's
// own or a reserved meaning is not ours to guess.
Result<void> JudgeStatusValue(std::uint8_t value);

}  // namespace passport
