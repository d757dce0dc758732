// What a receiver remembers of the last registry it accepted, so that nobody can put an older or another one in its
// place, and so that it can follow the registry to its next key; and of the status lists and the bundle it has seen, so
// that no older one hides what was revoked since.
//
// One memory belongs to one registry. Its file is as worthy of trust as the place it is kept in
// (docs/formats/registry.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "credential/trust/trust_registry.h"

namespace passport {

inline constexpr std::size_t kRegistryMemoryBytesMax = std::size_t{8} << 20;
inline constexpr std::size_t kRememberedListsMax = 20'000;

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

  // When each status list that was seen was issued, by URI.
  using ListTimes = std::map<std::string, Instant, std::less<>>;
  const ListTimes& lists() const { return lists_; }
  // The memory after these lists (TSL-19). One that was not seen for a year is forgotten: it would be stale by itself.
  // Of more than kRememberedListsMax the newest stay.
  RegistryMemory AfterLists(const ListTimes& seen, Instant now) const;

  // The sequence of the last bundle; 0 when there was none.
  std::uint64_t bundle() const { return bundle_; }
  // TRUST-03 for bundles: fails with kRegistry when an older one was put in its place.
  Result<RegistryMemory> AfterBundle(std::uint64_t sequence) const;

 private:
  struct Seen {
    std::uint64_t sequence;
    Digest digest;
    Instant issued_at;
    std::vector<RegistryKey> keys;
  };
  std::optional<Seen> seen_;
  ListTimes lists_;
  std::uint64_t bundle_ = 0;
};

}  // namespace passport
