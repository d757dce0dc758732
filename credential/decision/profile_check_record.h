// What a profile asks of one record or course, held against the taxonomies and against itself.
#pragma once

#include <string>

#include "credential/decision/profile_findings.h"
#include "credential/decision/role_profile.h"
#include "credential/taxonomy/terms.h"

namespace passport {

// For needs of the forms kRecord and kTraining, and for the children of kNoneOf. Finds words that the taxonomies do not
// know, levels and parts that do not exist, conditions that contradict each other and conditions that change nothing.
void CheckRecordNeed(const Need& need, const std::string& place, const Terms& terms, ProfileFindings& findings);

// False when no record can ever meet it, as far as CheckRecordNeed looks.
bool SomeRecordMeets(const Need& need, const Terms& terms);

}  // namespace passport
