// Deciding: the short answer, the one with words, and the one for which nothing was prepared.
#pragma once

#include "bench/world.h"

namespace passport::bench {

// decide, decide_explained: by a profile and records that were prepared, in turn for 28 days, so that no answer is that
// of the time before; decide_once: Decide(), which prepares both; prepare_profile, prepare_records: what that costs.
void RegisterDecisions(const World& world);

}  // namespace passport::bench
