// What becomes of an organisation in the registry: how it stands since when, and who answers for it afterwards.
//
// Plain values, part of RegistryContent and of the rows it is made of. The numbers of the enums lie on disks: they are
// never changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

enum class EntryState : std::uint8_t {
  kActive,
  kSuspended,    // what it issued can not be told; nothing new
  kCeased,       // what it issued stays valid until its own end; nothing new
  kCompromised,  // nothing of it counts
};
// "active", "suspended", "ceased", "compromised".
std::string_view WordOf(EntryState state);
std::optional<EntryState> EntryStateOf(std::string_view word);

struct StateChange {
  EntryState state;
  Instant since;
  std::string reason;  // a word: 1 to 64 of a-z, 0-9 and '_'
};

enum class SuccessionKind : std::uint8_t { kMerged, kAcquired, kRenamed, kSplit };
// "merged", "acquired", "renamed", "split".
std::string_view WordOf(SuccessionKind kind);
std::optional<SuccessionKind> SuccessionKindOf(std::string_view word);

// From `at` on the successor answers for what the organisation had issued: its status keys sign the lists, and nothing
// new is issued under the old name. Of several that are in force the last in the list answers.
struct Succession {
  SuccessionKind kind;
  OrganisationId successor;
  Instant at;
};

}  // namespace passport
