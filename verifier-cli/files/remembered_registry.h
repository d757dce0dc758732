// The memory of the last registry that was accepted, in a file (docs/formats/registry.md).
#pragma once

#include <filesystem>
#include <optional>

#include "credential/trust/registry_memory.h"

namespace passport {

// Used by one thread; two programs that share a file may forget what one of them has seen.
class RememberedRegistry {
 public:
  // Nothing: nothing is remembered. A file that is not there yet is a memory of nothing. Fails with kFileUnreadable,
  // and with kConfig when the file is not such a memory.
  static Result<RememberedRegistry> Open(const std::optional<std::filesystem::path>& file);

  KeySet Keys(const KeySet& pinned) const { return memory_.Keys(pinned); }
  // Judges the registry by the memory (TRUST-03), then remembers it. Fails with kRegistry, or kFileUnreadable when it
  // can not be written down: what is not remembered could be put back unseen.
  Result<void> Accept(const TrustRegistry& registry);

 private:
  std::optional<std::filesystem::path> file_;
  RegistryMemory memory_;
};

}  // namespace passport
