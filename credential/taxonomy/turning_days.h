// The days on which what a taxonomy says changes: between two of them nothing does.
#pragma once

#include <set>

#include "credential/taxonomy/taxonomy.h"

namespace passport {

// The first days of all windows, and the days after their last.
std::set<CivilDay> TurningDays(const Taxonomy& taxonomy);

}  // namespace passport
