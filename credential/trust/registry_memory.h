// What a receiver remembers of the last registry it accepted, so that nobody can put an older or another one in its
// place, and so that it can follow the registry to its next key.
//
// One memory belongs to one registry. Its file is as worthy of trust as the place it is kept in
// (docs/formats/registry.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/trust/trust_registry.h"

namespace passport {

inline constexpr std::size_t kRegistryMemoryBytesMax = 64 * 1024;

class RegistryMemory {
 public:
  // Of nothing: the first registry that the pinned key signed is accepted.
  RegistryMemory() = default;
  // Fails with kConfig when it is not a memory of ours: then nothing may be concluded from it, and nothing accepted.
  static Result<RegistryMemory> Read(std::string_view text);
  std::string Text() const;

  std::optional<std::uint64_t> sequence() const;

  // Whose signature the next registry may bear: the pinned keys and those the last registry announced, without any that
  // it called compromised or that had ended when it was issued.
  KeySet Keys(const KeySet& pinned) const;

  // TRUST-03: the memory after this registry. Fails with kRegistry when an older one was put in its place or another
  // one bears the same number.
  Result<RegistryMemory> After(const TrustRegistry& registry) const;

 private:
  struct Seen {
    std::uint64_t sequence;
    Digest digest;
    Instant issued_at;
    std::vector<RegistryKey> keys;
  };
  std::optional<Seen> seen_;
};

}  // namespace passport
