// What the service remembers, row by row. Plain values: how they lie on disk is the store's own business
// (store/key_layout.h, docs/formats/store.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// What an organisation signs with, as the registry will publish it.
struct PublishedKey {
  std::string kid;  // RFC 7638 thumbprint
  std::string jwk;  // public JWK, JSON text
  Instant valid_from;
};

struct OrganisationRow {
  OrganisationId id;
  std::string legal_name;
  std::string type;                // "nhs_trust", "council", "gp_practice", "care_provider", "charity", "icb"
  std::string issuer;              // the `iss` of its credentials, an https URI
  std::string status_uri_prefix;   // all its status lists stand under it
  std::vector<std::string> kinds;  // words of the record kinds it may issue
  bool registrar = false;          // may enrol organisations and publish profiles
  Instant valid_from;
  std::optional<Instant> valid_until;
  std::vector<PublishedKey> issue_keys;
  std::vector<PublishedKey> status_keys;
  std::uint64_t revision = 0;  // counts replacements; 0 when added
};

// A person and the holder key the service keeps for them.
struct PersonRow {
  PersonId id;
  Digest passport_code_hash;      // SHA-256 of the secret the person was given; it unlocks presenting
  std::string holder_jwk;         // public
  std::string sealed_holder_key;  // PKCS#8 under the key store's seal, bound to the person id
  Instant enrolled_at;
};

// The name one employer has for a person: never valid outside that employer.
struct EmploymentRow {
  OrganisationId organisation;
  std::string employee_number;
  PersonId person;
};

struct StatusListRow {
  OrganisationId organisation;
  std::uint32_t number = 0;  // 1, 2, ... within the organisation
  std::string uri;           // what credentials name
  std::uint32_t size = 0;    // entries, a power of two
  std::uint32_t next = 0;    // counters below it are taken; SlotPermutation makes slots of counters
  std::string seed;          // 16 bytes, secret: it hides who was issued when
};

// One entry of a status list.
struct Slot {
  OrganisationId organisation;
  std::uint32_t list = 0;   // StatusListRow::number
  std::uint32_t index = 0;  // position in the list
  auto operator<=>(const Slot&) const = default;
};

// What is about to be signed. Durable before the signature; gone when the credential is durable or the attempt is void.
struct IntentRow {
  OrganisationId organisation;
  RequestId request;
  Digest request_digest;  // of what was asked; the same id with another digest is refused
  PersonId person;
  std::string kind;
  Slot slot;
  Instant at;
};

enum class CredentialState : std::uint8_t { kCurrent = 0, kSuspended = 1, kRevoked = 2 };

struct CredentialRow {
  OrganisationId organisation;
  CredentialId id;
  PersonId person;
  std::string kind;
  std::string token;  // SD-JWT VC with all disclosures
  Slot slot;
  Instant issued_at;
  Instant expires_at;
  RequestId request;
  CredentialState state = CredentialState::kCurrent;
  std::string state_reason;  // word of why it was suspended or revoked
  Instant state_at;
};

// The answer a request id was given; repeating the request repeats the answer.
struct AnswerRow {
  OrganisationId organisation;
  RequestId request;
  Digest request_digest;
  std::string answer;  // opaque to the store
  Instant at;
};

struct ChallengeRow {
  std::string nonce;
  OrganisationId audience;
  Instant expires_at;
};

// A document the registrar maintains (registry, role profiles), kept in every version.
struct DocumentRow {
  std::string name;  // "registry", "profile/community-nurse"
  std::uint64_t version = 0;
  std::string text;
  Instant at;
};

// Words and opaque ids only: an audit row holds no personal data.
struct AuditEntry {
  Instant at;
  std::string actor;   // organisation id, or "service"
  std::string action;  // "credential.issue.intended", "credential.issued", "call.refused", ...
  std::string object;  // opaque id, or empty
  std::string request;
  std::string outcome;  // word of a Reason, or "done"
};
struct AuditRow {
  std::uint64_t sequence = 0;  // 1, 2, 3, ... without gaps
  AuditEntry entry;
  Digest previous{};  // hash of the row before; zeros for the first
  Digest hash{};      // AuditHash
};
// SHA-256 over previous, sequence and entry, each field with its length.
Digest AuditHash(const Digest& previous, std::uint64_t sequence, const AuditEntry& entry);

// Something others may want to hear of; says "look again", not what happened to whom.
struct EventEntry {
  Instant at;
  std::string type;    // "credential.issued", "credential.revoked", "registry.published", ...
  std::string object;  // opaque id
};
struct EventRow {
  std::uint64_t sequence = 0;
  EventEntry entry;
};

}  // namespace passport
