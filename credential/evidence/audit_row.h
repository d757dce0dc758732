// The audit trail: who did what, to what, why, when and with what outcome, in an order that can not be changed unseen.
//
// All rows are one chain, and the rows of one actor are a shorter chain within it: so what an organisation gets of the
// trail is whole on its own, and shows nothing of its neighbours.
#pragma once

#include <cstdint>
#include <string>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// Who acts when no organisation does: the service by itself, a caller whose connection names nobody, and people, whose
// rows are one chain for all of them so that no chain is about one person.
inline constexpr const char* kAuditService = "service";
inline constexpr const char* kAuditUnknown = "unknown";
inline constexpr const char* kAuditPeople = "people";

// Words and opaque ids only: an audit row holds no personal data.
struct AuditEntry {
  Instant at;
  std::string actor;   // organisation id, kAuditService, kAuditPeople or kAuditUnknown
  std::string action;  // "credential.issue.intended", "credential.issued", "call.refused", ...
  std::string object;  // opaque id, or empty; of "call.refused" the call
  std::string request;
  std::string outcome;      // word of a Reason, or "done"
  std::string system = {};  // which system of the actor, as its certificate names it; empty for the service itself
  std::string why = {};     // word: the purpose of a read, the reason of a change; empty where the action says it all
};

// A row of a store of schema 1 or 2 has no system, no reason and no place in the chain of its actor: its actor_sequence
// is 0, and its hash is the one it was written with.
struct AuditRow {
  std::uint64_t sequence = 0;  // 1, 2, 3, ... without gaps
  AuditEntry entry;
  Digest previous{};                 // hash of the row before; zeros for the first
  Digest hash{};                     // AuditHash
  std::uint64_t actor_sequence = 0;  // 1, 2, 3, ... without gaps among the rows of the actor
  Digest actor_previous{};           // hash of the actor's row before; zeros for its first
};

// SHA-256 over everything of the row but `hash`, each field after its length (8 bytes, big-endian); numbers and the
// time have 8 bytes, big-endian. What the order is, and what it was for older rows: docs/formats/store.md. Pure; any
// thread.
Digest AuditHash(const AuditRow& row);

}  // namespace passport
