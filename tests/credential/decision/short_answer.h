// What the short answer must be, by the long one; and the long one as text.
#pragma once

#include <string>

#include "credential/decision/judgement.h"

namespace passport {

// By the lines, whatever DutyJudge::Of does.
Judgement Shortly(const Decision& decision, const RoleProfile& profile);

// Every member, a line each.
std::string Spelt(const Decision& decision);

}  // namespace passport
