// What the registrar knows of an organisation besides its name: what it may issue and when, how it stands, who took it
// over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// A kind of record an organisation may issue, from when to when.
struct AllowedKind {
  std::string word;
  Instant from;
  std::optional<Instant> until;  // the first instant at which it may not any more
  bool operator==(const AllowedKind&) const = default;
};

// On disks: never renumbered.
enum class OrganisationState : std::uint8_t {
  kActive = 0,
  kSuspended = 1,    // cannot tell, until it is active again
  kCeased = 2,       // issues nothing new; what it issued counts until its own end
  kCompromised = 3,  // nothing of it counts
};
struct StateEntry {
  OrganisationState state;
  Instant since;
  std::string reason;  // a word, at most 40 of a-z and '_'
  bool operator==(const StateEntry&) const = default;
};

// On disks: never renumbered.
enum class SuccessionForm : std::uint8_t { kMerged = 0, kAcquired = 1, kRenamed = 2, kSplit = 3 };
// From `at` on the successor answers for what the organisation issued; new credentials in its name are refused.
struct SuccessionEntry {
  SuccessionForm form;
  OrganisationId successor;
  Instant at;
  bool operator==(const SuccessionEntry&) const = default;
};

// "active", "suspended", "ceased", "compromised".
std::string_view WordOf(OrganisationState state);
// "merged", "acquired", "renamed", "split".
std::string_view WordOf(SuccessionForm form);
// Fail with kFieldInvalid.
Result<OrganisationState> ParseOrganisationState(std::string_view word);
Result<SuccessionForm> ParseSuccessionForm(std::string_view word);

}  // namespace passport
