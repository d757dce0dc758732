// The memory of what was accepted last, in a file or in the hands of a caller (docs/formats/registry.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "credential/trust/registry_memory.h"
#include "credential/trust/trust_snapshot.h"

namespace passport {

// Used by one thread. Programs that share a file write it one after the other, and none takes back what another has
// seen; FILE.lock is how they wait.
class RememberedRegistry {
 public:
  // Nothing: nothing is remembered. A file that is not there yet is a memory of nothing. Fails with kFileUnreadable,
  // and with kConfig when the file is not such a memory.
  static Result<RememberedRegistry> Open(const std::optional<std::filesystem::path>& file);

  // A memory whose text the caller keeps; an empty one is a memory of nothing. Fails with kConfig when it is no such
  // memory.
  static Result<RememberedRegistry> Of(std::string_view text);

  bool has_file() const { return file_.has_value(); }
  KeySet Keys(const KeySet& pinned) const { return memory_.Keys(pinned); }
  // TRUST-03, without remembering anything. Fail with kRegistry.
  Result<void> CheckRegistry(const TrustRegistry& registry) const;
  Result<void> CheckBundle(std::uint64_t sequence) const;
  // When each list that was seen was issued (TSL-19).
  const RegistryMemory::ListTimes& Lists() const { return memory_.lists(); }

  // What to keep until next time; empty while nothing was accepted.
  std::string Text() const { return memory_.sequence() ? memory_.Text() : std::string(); }
  // Judges by the memory as it was opened, then remembers: the registry, the lists, and the bundle they came in (0: in
  // none). Writes only what is new; where another program has seen something newer since, that stays. Fails with
  // kRegistry, or kFileUnreadable when it can not be written down: what is not remembered could be put back unseen.
  Result<void> Accept(const TrustSnapshot& snapshot, std::uint64_t bundle, Instant now);

 private:
  struct Seen;  // what is to be remembered
  static Result<RegistryMemory> After(const RegistryMemory& memory, const Seen& seen);
  static Result<RegistryMemory> ReadFile(const std::filesystem::path& file);
  Result<void> Write(const Seen& seen);
  std::optional<std::filesystem::path> file_;
  bool remembers_ = false;
  RegistryMemory memory_;
};

}  // namespace passport
