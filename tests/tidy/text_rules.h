// Rules about the text of one file. Each takes the file and returns what is wrong with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/tree.h"

namespace passport::tidy {

// credential/ asks no clock, file, environment, screen or source of chance (style 4).
Complaints CheckPurity(const File& file);

// A switch over Reason has no default, so a new reason does not compile until everyone has answered (style 3). A switch
// is over Reason if it has a `case Reason::` or its condition speaks of a reason.
Complaints CheckReasonSwitch(const File& file);

// At most 400 lines, 600 under tests/ (style 1).
Complaints CheckLength(const File& file);

// A header begins with a comment that says what it is for and has #pragma once (style 5).
Complaints CheckHeaderShape(const File& file);

// Nothing names a folder of one machine or a package mirror.
Complaints CheckMachineNames(const File& file);

// Source files are named lower_snake, and after an idea (style 9, 11).
Complaints CheckFileName(const File& file);

}  // namespace passport::tidy
