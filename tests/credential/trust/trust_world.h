// A small region for tests: a registrar, a trust and a council, a nurse with a holder key, and a fixed clock.
// Everything a test does not touch is valid.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "credential/credential/credential.h"
#include "credential/record/record.h"
#include "credential/trust/trust_snapshot.h"
#include "tests/support/seeded_random.h"
#include "tests/support/token_forge.h"

namespace passport {

inline constexpr Instant kNow{1795300000};  // Saturday 21 November 2026, 22:26:40 UTC
inline constexpr Seconds kMinute{60};
inline constexpr Seconds kDay{86400};
inline constexpr Freshness kFreshness{.status_age_max = {900}, .registry_grace = {3600}};

// An organisation with its keys.
struct Party {
  OrganisationId id;
  std::string issuer;
  std::string status_prefix;
  PrivateKey issue_key;
  PrivateKey status_key;
  std::string list_uri() const { return status_prefix + "1.jwt"; }
  RegistryOrganisation Entry() const;
};

// A key as a registry of the test world lists it: in use for a year, under its thumbprint unless a name is given.
RegistryKey ListedKey(const PrivateKey& key, std::string_view kid = {});
// The windows of every kind there is, from then on.
std::vector<KindWindow> AllKindsFrom(Instant from);

// Entries of a status list that differ from 0.
using StatusEntries = std::map<std::uint32_t, std::uint8_t>;

struct TrustWorld {
  // Keys are made once for the program.
  static TrustWorld& Get();
  TrustWorld();

  PrivateKey registry_key;
  PrivateKey holder;
  PrivateKey other_holder;
  PrivateKey stranger;
  Party trust;    // ods:RC9
  Party council;  // ons:E06000032
  KeySet pinned;  // the registry key
  SeededRandom random{7};

  RegistryContent Content() const;
  std::string RegistryToken(const RegistryContent& content);
  std::shared_ptr<const TrustRegistry> Registry();
  std::string StatusToken(Party& party, const StatusEntries& entries, Instant issued_at = kNow - kMinute,
                          Seconds life = kDay);
  // The registry and a fresh list of each party, the trust's with these entries.
  std::shared_ptr<const TrustSnapshot> Snapshot(const StatusEntries& of_trust = {});

  // A signed credential of the trust for the nurse, at a slot of its list.
  Credential Issue(const Record& record, std::uint32_t slot);
  Credential Issue(Party& party, const Record& record, std::uint32_t slot, const P256Point& holder_point);
};

// Records as they are in life. Fields given replace those of the same name; an empty value leaves one out.
std::vector<Record::Field> FieldsOf(const RecordKind& kind);
std::vector<Record::Field> With(std::vector<Record::Field> fields, const std::vector<Record::Field>& changes);
Record MakeRecord(std::string_view kind, const std::vector<Record::Field>& changes = {});

// "ok", or the reason's word and the check: "registry TRUST-05".
std::string Words(const Fault& fault);
template <class T>
std::string Verdict(const Result<T>& result) {
  return result.ok() ? "ok" : Words(result.fault());
}

}  // namespace passport
