#include "passport-service/acts/registry_entry.h"

#include "credential/record/record_kind.h"

namespace passport {
namespace {

// One window without end for each kind: what an organisation may issue, it may from its first day.
Result<std::vector<KindWindow>> KindsOf(const OrganisationRow& row) {
  std::vector<KindWindow> kinds;
  for (const std::string& word : row.kinds) {
    const RecordKind* kind = FindRecordKind(word);
    if (kind == nullptr) return Fault{Reason::kStoreUnavailable, "", "a stored organisation names an unknown kind"};
    kinds.push_back({.vct = std::string(kind->vct), .from = row.valid_from, .until = std::nullopt});
  }
  return kinds;
}

}  // namespace

Result<std::vector<RegistryKey>> RegistryKeysOf(const KeyOwner& owner, KeyRole role, std::span<const KeyInfo> keys) {
  std::vector<RegistryKey> listed;
  for (const KeyInfo& info : keys) {
    if (info.owner != owner || info.role != role || !info.point) continue;
    TRY_ASSIGN(PublicKey key, PublicKey::Import(*info.point));
    listed.push_back({.kid = info.kid,
                      .key = std::move(key),
                      .certificate = {},
                      .valid_from = info.created_at,
                      .valid_until = info.retired_at,
                      .compromised_since = info.compromised_at});
  }
  return listed;
}

Result<RegistryOrganisation> EntryOf(const OrganisationRow& row, std::span<const KeyInfo> keys) {
  RegistryOrganisation entry{.id = row.id,
                             .legal_name = row.legal_name,
                             .type = row.type,
                             .services = {RegistryService::kIssue, RegistryService::kStatus, RegistryService::kVerify},
                             .issuer = row.issuer,
                             .status_uri_prefix = row.status_uri_prefix,
                             .mechanism = KeyMechanism::kJwtVcIssuer,
                             .kinds = {},
                             .issue_keys = {},
                             .status_keys = {},
                             .valid_from = row.valid_from,
                             .valid_until = row.valid_until,
                             .history = {{.state = EntryState::kActive, .since = row.valid_from, .reason = "enrolled"}},
                             .successions = {}};
  TRY_ASSIGN(entry.kinds, KindsOf(row));
  TRY_ASSIGN(entry.issue_keys, RegistryKeysOf(row.id, KeyRole::kIssue, keys));
  TRY_ASSIGN(entry.status_keys, RegistryKeysOf(row.id, KeyRole::kStatus, keys));
  return entry;
}

}  // namespace passport
