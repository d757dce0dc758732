// A proposal in words, for whoever reviews and signs it. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/registry_steps.h"

namespace passport {

// One step, one line, with everything it says: equal lines are equal steps.
std::string WordsOf(const RegistryStep& step);

// What differs, organisation by organisation: one line for each thing that is added, gone or otherwise.
std::vector<std::string> RowsInWords(const OrganisationRows& before, const OrganisationRows& after);

}  // namespace passport
