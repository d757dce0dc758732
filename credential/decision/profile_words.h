// The words in which a profile is explained to people who do not read JSON.
#pragma once

#include <string>
#include <string_view>

#include "credential/decision/role_profile.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// What is asked of one record: "Criminal record check (Level: enhanced; ...)" or of one course: "Moving and handling,
// level 2, completed no more than 24 months before the first day of the shift". In British English, by the labels of
// kinds and taxonomies.
std::string WordsOfRecordNeed(const Need& need, const Terms& terms);

// "for a placement" or "for a new employment".
std::string WordsOf(Engagement engagement);

// "3 March 2026".
std::string WordsOf(const CivilDay& day);

}  // namespace passport
