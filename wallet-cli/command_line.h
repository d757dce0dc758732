// From the words of the command line to what they ask for.
#pragma once

#include "wallet-cli/commands/wallet_commands.h"

namespace passport {

// Runs what the words say. --help is done; words that make no sense say so and end with kUsage. Nothing thrown leaves.
Ending RunPassportWallet(int count, const char* const* words, PersonWorld& world);

}  // namespace passport
