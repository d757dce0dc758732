#include "passport-service/acts/registry_entry.h"

#include "credential/record/record_kind.h"

namespace passport {
namespace {

Result<std::vector<RegistryKey>> KeysOf(const OrganisationId& organisation, KeyRole role,
                                        std::span<const KeyInfo> keys) {
  std::vector<RegistryKey> listed;
  const KeyOwner owner(organisation);
  for (const KeyInfo& info : keys) {
    if (info.owner != owner || info.role != role || info.state == KeyState::kCompromised || !info.point) continue;
    TRY_ASSIGN(PublicKey key, PublicKey::Import(*info.point));
    listed.push_back({info.kid, std::move(key)});
  }
  return listed;
}

}  // namespace

Result<RegistryOrganisation> EntryOf(const OrganisationRow& row, std::span<const KeyInfo> keys) {
  RegistryOrganisation entry{.id = row.id,
                             .legal_name = row.legal_name,
                             .type = row.type,
                             .issuer = row.issuer,
                             .status_uri_prefix = row.status_uri_prefix,
                             .vcts = {},
                             .valid_from = row.valid_from,
                             .valid_until = row.valid_until,
                             .issue_keys = {},
                             .status_keys = {}};
  for (const AllowedKind& allowed : row.kinds) {
    const RecordKind* kind = FindRecordKind(allowed.word);
    if (kind == nullptr) return Fault{Reason::kStoreUnavailable, "", "a stored organisation names an unknown kind"};
    entry.vcts.emplace_back(kind->vct);
  }
  TRY_ASSIGN(entry.issue_keys, KeysOf(row.id, KeyRole::kIssue, keys));
  TRY_ASSIGN(entry.status_keys, KeysOf(row.id, KeyRole::kStatus, keys));
  return entry;
}

}  // namespace passport
