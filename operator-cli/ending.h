// How passportctl ends by what it was answered.
#pragma once

#include "operator-cli/online/answers.h"
#include "terminal/ending.h"  // IWYU pragma: export

namespace passport {

Ending EndingOf(VerdictAnswer verdict);
Ending EndingOf(RoleAnswer outcome);

}  // namespace passport
