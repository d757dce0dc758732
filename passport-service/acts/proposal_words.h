// A proposal in words, for whoever reviews and signs it. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/registry_steps.h"

namespace passport {

// One step, one line, with everything it says: equal lines are equal steps.
std::string WordsOf(const RegistryStep& step);

// What differs of what the registry does not publish: who is a registrar, how many must sign, where two persons must.
std::vector<std::string> SettingsInWords(const OrganisationRows& before, const OrganisationRows& after);

}  // namespace passport
