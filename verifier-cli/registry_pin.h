// Flags that several commands have: why the registry is to be believed, and how old evidence may be.
#pragma once

#include "verifier-cli/command_line.h"
#include "verifier-cli/files/published_tree.h"
#include "verifier-cli/world.h"

namespace passport {

// --anchor or --root, and --memory. Fails with kFieldInvalid, kFileUnreadable, or kConfig for a memory that is none.
Result<RegistryPin> ReadRegistryPin(const CommandLine& line, const World& world);

// --status-age-max and --registry-grace; a day each when they are not given. Fails with kFieldInvalid.
Result<Freshness> ReadFreshness(const CommandLine& line);

}  // namespace passport
