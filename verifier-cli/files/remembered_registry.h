// The memory of the last registry that was accepted, in a file or in the hands of a caller (docs/formats/registry.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "credential/trust/registry_memory.h"

namespace passport {

// Used by one thread; two programs that share a file may forget what one of them has seen.
class RememberedRegistry {
 public:
  // Nothing: nothing is remembered. A file that is not there yet is a memory of nothing. Fails with kFileUnreadable,
  // and with kConfig when the file is not such a memory.
  static Result<RememberedRegistry> Open(const std::optional<std::filesystem::path>& file);

  // A memory whose text the caller keeps; an empty one is a memory of nothing. Fails with kConfig when it is no such
  // memory.
  static Result<RememberedRegistry> Of(std::string_view text);

  KeySet Keys(const KeySet& pinned) const { return memory_.Keys(pinned); }
  // What to keep until next time; empty while nothing was accepted.
  std::string Text() const { return memory_.sequence() ? memory_.Text() : std::string(); }
  // Judges the registry by the memory (TRUST-03), then remembers it. Fails with kRegistry, or kFileUnreadable when it
  // can not be written down: what is not remembered could be put back unseen.
  Result<void> Accept(const TrustRegistry& registry);

 private:
  std::optional<std::filesystem::path> file_;
  bool remembers_ = false;
  RegistryMemory memory_;
};

}  // namespace passport
