// What one version of the registry says: organisations with what each may do and since when, keys with their windows,
// states with their history, successions, rules in force.
//
// Plain values; nothing here is judged. TrustRegistry::Read judges, SignRegistry writes (docs/formats/registry.md).
// Times are instants; "until" is exclusive everywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/p256.h"
#include "credential/trust/organisation_history.h"
#include "credential/trust/published_document.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// A key as the registry lists it, in one role of one owner. Kept in the list for good once it was in use: what it
// signed is checked for years.
struct RegistryKey {
  std::string kid;
  PublicKey key;
  std::string certificate;  // DER; empty: none, and tokens of this key are found by `kid` alone
  Instant valid_from;       // what it signed as of then counts
  std::optional<Instant> valid_until;
  std::optional<Instant> compromised_since;  // since it is known, nothing it signed counts, whatever date that bears
};

// A kind of record that may be issued in a window. One kind may have several windows that do not overlap.
struct KindWindow {
  std::string vct;
  Instant from;
  std::optional<Instant> until;
};

enum class RegistryService : std::uint8_t { kIssue, kStatus, kVerify, kLog };
// "issue", "status", "verify", "log".
std::string_view WordOf(RegistryService service);
std::optional<RegistryService> RegistryServiceOf(std::string_view word);

// How receivers find the issuer's key: by the certificate in the token, or by `kid` among the keys published for `iss`.
enum class KeyMechanism : std::uint8_t { kX5c, kJwtVcIssuer };
// "x5c", "jwt_vc_issuer".
std::string_view WordOf(KeyMechanism mechanism);
std::optional<KeyMechanism> KeyMechanismOf(std::string_view word);

struct RegistryOrganisation {
  OrganisationId id;
  std::string legal_name;
  std::string type;
  std::set<RegistryService> services;
  // Only with kIssue; otherwise empty.
  std::string issuer;             // the `iss` of its credentials
  std::string status_uri_prefix;  // its credentials name lists below, and nowhere else
  KeyMechanism mechanism = KeyMechanism::kJwtVcIssuer;
  std::vector<KindWindow> kinds;
  std::vector<RegistryKey> issue_keys;
  std::vector<RegistryKey> status_keys;  // with kStatus
  // Takes part from then to then; what it issued in between stays valid.
  Instant valid_from;
  std::optional<Instant> valid_until;
  std::vector<StateChange> history;     // oldest first, never rewritten, at least one
  std::vector<Succession> successions;  // oldest first, never rewritten
};

// The state that is in force at `at`: the last that began, or the first of all before there was any.
const StateChange& StateAt(const RegistryOrganisation& organisation, Instant at);

// A certificate authority that signs the certificates of the keys in this list.
struct IssuingAuthority {
  std::string certificate;  // DER
  std::optional<Instant> compromised_since;
};

// What one version says.
struct RegistryContent {
  std::string operator_name = "Staff passport registry";
  std::uint64_t sequence = 0;  // 1, 2, 3, ...
  Instant issued_at;
  Instant next_update;  // the next version comes before; from then on this one is stale
  std::vector<RegistryOrganisation> organisations;
  std::vector<RegistryDocument> documents;  // rules, every version; by kind, id and version
  // Sign receipts of the service that publishes this registry, and heads of evidence and audit.
  std::vector<RegistryKey> receipt_keys;
  // Sign registries: the present one and those announced to follow. Receivers that pinned one learn the next from here.
  std::vector<RegistryKey> registry_keys;
  std::vector<IssuingAuthority> issuing_authorities;
};

}  // namespace passport
