// Deciding: the short answer, the one with words, and the one for which nothing was prepared.
#pragma once

#include "bench/world.h"

namespace passport::bench {

// decide, decide_explained: what was prepared, in turn for 28 days; decide_cannot_tell: the same with a registry that
// is too old; decide_once: Decide(), which prepares all; prepare_profile, prepare_records, prepare_case: what that
// costs; restand: other standings for all records.
void RegisterDecisions(const World& world);

}  // namespace passport::bench
