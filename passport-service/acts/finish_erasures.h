// After an older backup was put back: what was erased since has no keys any more, and its rows must say so.
#pragma once

#include <cstdint>

#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// Does to rows without keys what the erasures did: credentials lose their text and are invalid where the person was
// erased, drafts and standing records go, people without a holder key go, checks of who nobody's employee is go, shares
// that were over or given anew are over and name nobody who is gone, and who is found by nobody's data any more is not
// found. Returns how many rows that were. Before the first call is
// served. Fails as the store does; call again.
Result<std::uint64_t> FinishErasures(Store& store, const Clock& clock);

}  // namespace passport
