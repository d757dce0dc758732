// Asks the person at the terminal, whatever input and output are connected to.
#pragma once

#include <string_view>

#include "credential/vocabulary/result.h"
#include "keys/secret.h"

namespace passport {

// One line, not shown while it is typed. Fails with kConfig when the program has no terminal, kPassphrase when the line
// is empty or too long.
Result<Secret> AskSecretAtTerminal(std::string_view prompt);

// True for "y" or "yes". Anything else is no. Fails with kConfig when the program has no terminal.
Result<bool> AskYesAtTerminal(std::string_view question);

}  // namespace passport
