#include "passport-service/acts/registry_entry.h"

#include <algorithm>
#include <map>

#include "credential/record/record_kind.h"

namespace passport {
namespace {

Result<std::vector<KindWindow>> KindsOf(const OrganisationRow& row) {
  std::vector<KindWindow> kinds;
  for (const AllowedKind& allowed : row.kinds) {
    const RecordKind* kind = FindRecordKind(allowed.word);
    if (kind == nullptr) return Fault{Reason::kStoreUnavailable, "", "a stored organisation names an unknown kind"};
    kinds.push_back({.vct = std::string(kind->vct), .from = allowed.from, .until = allowed.until});
  }
  return kinds;
}

// By certificates, where every key had its own before it signed anything; otherwise tokens without one are about.
// Nobody signs before the organisation is enrolled, however long its keys have lain ready.
KeyMechanism MechanismOf(const OrganisationRow& row, std::span<const KeyInfo> keys,
                         const CertificatesByKid& certificates) {
  const auto certified_first = [&](const KeyInfo& info) {
    if (info.owner != KeyOwner(row.id) || (info.role != KeyRole::kIssue && info.role != KeyRole::kStatus)) return true;
    const auto certificate = certificates.find(info.kid);
    return certificate != certificates.end() &&
           (!info.activated_at || certificate->second.at <= std::max(*info.activated_at, row.valid_from));
  };
  return std::all_of(keys.begin(), keys.end(), certified_first) ? KeyMechanism::kX5c : KeyMechanism::kJwtVcIssuer;
}

}  // namespace

Result<std::vector<RegistryKey>> RegistryKeysOf(const KeyOwner& owner, KeyRole role, std::span<const KeyInfo> keys,
                                                const CertificatesByKid& certificates) {
  std::vector<RegistryKey> listed;
  for (const KeyInfo& info : keys) {
    if (info.owner != owner || info.role != role || !info.point) continue;
    TRY_ASSIGN(PublicKey key, PublicKey::Import(*info.point));
    const auto certificate = certificates.find(info.kid);
    listed.push_back({.kid = info.kid,
                      .key = std::move(key),
                      .certificate = certificate == certificates.end() ? "" : certificate->second.certificate,
                      .valid_from = info.created_at - kKeyOverlap,
                      .valid_until = info.retired_at ? std::optional(*info.retired_at + kKeyOverlap) : std::nullopt,
                      .compromised_since = info.compromised_at});
  }
  return listed;
}

std::vector<IssuingAuthority> IssuingAuthoritiesOf(std::span<const KeyInfo> keys,
                                                   const CertificatesByKid& certificates) {
  std::vector<IssuingAuthority> authorities;
  for (const KeyInfo& info : keys) {
    const auto certificate = certificates.find(info.kid);
    if (info.role != KeyRole::kIssuingAuthority || certificate == certificates.end()) continue;
    authorities.push_back({.certificate = certificate->second.certificate, .compromised_since = info.compromised_at});
  }
  return authorities;
}

Result<RegistryOrganisation> EntryOf(const OrganisationRow& row, std::span<const KeyInfo> keys,
                                     const CertificatesByKid& certificates) {
  RegistryOrganisation entry{.id = row.id,
                             .legal_name = row.legal_name,
                             .type = row.type,
                             .services = {RegistryService::kIssue, RegistryService::kStatus, RegistryService::kVerify},
                             .issuer = row.issuer,
                             .status_uri_prefix = row.status_uri_prefix,
                             .mechanism = MechanismOf(row, keys, certificates),
                             .kinds = {},
                             .issue_keys = {},
                             .status_keys = {},
                             .valid_from = row.valid_from,
                             .valid_until = row.valid_until,
                             .history = {{.state = EntryState::kActive, .since = row.valid_from, .reason = "enrolled"}},
                             .successions = row.successions};
  entry.history.insert(entry.history.end(), row.history.begin(), row.history.end());
  TRY_ASSIGN(entry.kinds, KindsOf(row));
  TRY_ASSIGN(entry.issue_keys, RegistryKeysOf(row.id, KeyRole::kIssue, keys, certificates));
  TRY_ASSIGN(entry.status_keys, RegistryKeysOf(row.id, KeyRole::kStatus, keys, certificates));
  return entry;
}

}  // namespace passport
