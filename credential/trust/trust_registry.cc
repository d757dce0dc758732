#include "credential/trust/trust_registry.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "credential/trust/registry_json.h"

namespace passport {
namespace {

constexpr json::Limits kRegistryJson{
    .bytes = kRegistryBytesMax, .depth = 12, .nodes = 2'000'000, .string_bytes = 4096, .members = 64};

TrustedIssuer ToIssuer(const RegistryOrganisation& organisation) {
  TrustedIssuer issuer;
  issuer.issuer = organisation.issuer;
  issuer.organisation = organisation.id;
  issuer.vcts = organisation.vcts;
  issuer.status_uri_prefix = organisation.status_uri_prefix;
  issuer.valid_from = organisation.valid_from;
  issuer.valid_until = organisation.valid_until;
  for (const RegistryKey& key : organisation.issue_keys) issuer.keys.Add(key.kid, key.key);
  for (const RegistryKey& key : organisation.status_keys) issuer.status_keys.Add(key.kid, key.key);
  return issuer;
}

// Every key that the registry names, and whose: each stands once, in one role (TRUST-05, -08).
class KeysSeen {
 public:
  explicit KeysSeen(const KeySet& registry_keys) : registry_keys_(registry_keys) {}
  Result<void> Add(const RegistryKey& key) {
    if (!points_.insert(key.key.point()).second)
      return RegistryRefused("TRUST-05", "a key stands under two organisations or roles");
    if (registry_keys_.Holds(key.key)) return RegistryRefused("TRUST-08", "the registry key stands in another role");
    return {};
  }

 private:
  const KeySet& registry_keys_;
  std::set<P256Point> points_;
};

// TRUST-04, -05, -08, -09: each id, issuer, prefix and key stands once, in one role.
Result<void> CheckOrganisations(const std::vector<RegistryOrganisation>& organisations, KeysSeen& keys) {
  std::set<std::string_view> ids;
  std::set<std::string_view> issuers;
  std::set<std::string_view> prefixes;
  for (const RegistryOrganisation& organisation : organisations) {
    if (!ids.insert(organisation.id.text()).second) return RegistryRefused("TRUST-04", "an organisation occurs twice");
    if (!issuers.insert(organisation.issuer).second) return RegistryRefused("TRUST-04", "an issuer occurs twice");
    if (!prefixes.insert(organisation.status_uri_prefix).second)
      return RegistryRefused("TRUST-04", "a status prefix occurs twice");
    for (const auto* role : {&organisation.issue_keys, &organisation.status_keys}) {
      std::set<std::string_view> kids;
      for (const RegistryKey& key : *role) {
        if (!kids.insert(key.kid).second) return RegistryRefused("TRUST-04", "a kid occurs twice in one role");
        TRY(keys.Add(key));
      }
    }
  }
  // Sorted, a prefix that holds others stands right before one of them.
  const auto inside = [](std::string_view outer, std::string_view inner) { return inner.starts_with(outer); };
  if (std::adjacent_find(prefixes.begin(), prefixes.end(), inside) != prefixes.end())
    return RegistryRefused("TRUST-09", "a status prefix lies inside another organisation's");
  return {};
}

// TRUST-04: each version of a document stands once, at a path of its own.
Result<void> CheckDocuments(const std::vector<RegistryDocument>& documents) {
  std::set<std::tuple<DocumentKind, std::string_view, int>> versions;
  std::set<std::string_view> paths;
  for (const RegistryDocument& document : documents) {
    if (!versions.emplace(document.kind, document.id, document.version).second)
      return RegistryRefused("TRUST-04", "a version of a document occurs twice");
    if (!paths.insert(document.path).second) return RegistryRefused("TRUST-04", "two documents lie at one path");
  }
  return {};
}

Result<void> CheckReceiptKeys(const std::vector<RegistryReceiptKey>& receipt_keys, KeysSeen& keys) {
  std::set<std::string_view> kids;
  for (const RegistryReceiptKey& receipt_key : receipt_keys) {
    if (!kids.insert(receipt_key.key.kid).second) return RegistryRefused("TRUST-04", "a kid occurs twice in one role");
    TRY(keys.Add(receipt_key.key));
  }
  return {};
}

}  // namespace

Result<TrustRegistry> TrustRegistry::Read(std::string_view jws, const KeySet& pinned, Instant now, Seconds leeway) {
  json::Tree tree;
  const JwsRules rules{.typ = kRegistryTyp,
                       .allowed_algs = Es256Only(),
                       .token_bytes = kRegistryBytesMax,
                       .header_bytes = kHeaderBytesMax,
                       .payload = kRegistryJson};
  const auto refused = [](const Fault& fault) {
    if (fault.reason == Reason::kLimit) return Fault{Reason::kLimit, "TRUST-04", "registry: " + fault.detail};
    return RegistryRefused("TRUST-01", fault.detail);
  };
  const Result<UnverifiedJws> token = UnverifiedJws::Read(jws, rules, tree);
  if (!token.ok()) return refused(token.fault());
  const Result<VerifiedJws> verified = pinned.Verify(*token);
  if (!verified.ok()) return refused(verified.fault());

  TrustRegistry registry;
  TRY_ASSIGN(registry.content_, ReadRegistryPayload(*verified->payload));
  if (now < registry.issued_at() - leeway) return RegistryRefused("TRUST-02", "issued in the future");
  if (registry.next_update() <= registry.issued_at())
    return RegistryRefused("TRUST-02", "next_update is not after issued_at");
  KeysSeen keys(pinned);
  TRY(CheckOrganisations(registry.organisations(), keys));
  TRY(CheckDocuments(registry.content().documents));
  TRY(CheckReceiptKeys(registry.content().receipt_keys, keys));
  for (const RegistryOrganisation& organisation : registry.organisations()) {
    registry.by_id_.emplace(organisation.id, registry.by_id_.size());
    registry.issuers_.emplace(organisation.issuer, ToIssuer(organisation));
  }
  registry.digest_ = verified->signing_input_digest;
  return registry;
}

const RegistryOrganisation* TrustRegistry::FindOrganisation(const OrganisationId& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &content_.organisations[found->second];
}

const TrustedIssuer* TrustRegistry::Find(std::string_view issuer) const {
  const auto found = issuers_.find(issuer);
  return found == issuers_.end() ? nullptr : &found->second;
}

}  // namespace passport
