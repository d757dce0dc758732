// A file of questions about tokens, one JSON object a line, one result line each, in order.
#pragma once

#include <string_view>

#include "verifier-cli/exit_code.h"
#include "verifier-cli/world.h"

namespace passport {

// Answers the file at `path`, or standard input for "-", on all cores. A bad line is a result, not an end. kHolds when
// every line has its result, kUsage when the input can not be read (what was read is answered), kCannotTell when the
// results can not be written.
ExitCode VerifyBatch(std::string_view path, World& world);

}  // namespace passport
