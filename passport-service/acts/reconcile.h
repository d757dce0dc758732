// Repairs at start what a crash left between an intent and its credential.
#pragma once

#include <cstddef>

#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// What voids one intent: it is dropped, its slot is invalid for good, the audit trail says so.
Changes VoidIntent(const IntentRow& intent, Instant now);

// Every intent without a credential is voided: its slot is marked invalid for good, so that a signature that may have
// been made is worth nothing, and the audit trail says so. The request id is free again. Returns how many. Must run
// before the first call is served.
Result<std::size_t> Reconcile(Store& store, const Clock& clock);

}  // namespace passport
