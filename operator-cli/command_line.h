// From the words of the command line to what they ask for.
#pragma once

#include <span>

#include "operator-cli/commands/commands.h"

namespace passport {

using AddCommand = void (*)(CLI::App& program, Action& chosen);

// Runs what the words say. --help is done; words that make no sense say so and end with kUsage. Nothing thrown leaves.
Ending RunPassportctl(int count, const char* const* words, std::span<const AddCommand> commands, Surroundings& around);

}  // namespace passport
