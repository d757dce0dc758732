// A program as a person at a terminal meets it: on a pseudo-terminal, with somebody who types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/result.h"

namespace passport {

struct TerminalEnd {
  int exit_code = -1;
  std::string seen;  // all that stood on the screen, what was typed and shown included
};

// Runs the program at `words.front()`. `typed` is typed, with a line end, once the program asks for something that is
// not to be shown. Fails with kDeadline after half a minute; the program is killed then.
Result<TerminalEnd> RunAtTerminal(const std::vector<std::string>& words, const std::optional<std::string>& typed);

}  // namespace passport
