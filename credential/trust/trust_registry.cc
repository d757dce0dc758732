#include "credential/trust/trust_registry.h"

#include <algorithm>
#include <utility>

#include "credential/trust/registry_check.h"
#include "credential/trust/registry_json.h"
#include "credential/trust/registry_members.h"

namespace passport {
namespace {

constexpr json::Limits kRegistryJson{
    .bytes = kRegistryBytesMax, .depth = 16, .nodes = 2'000'000, .string_bytes = 4096, .members = 64};

TrustedIssuer ToIssuer(const RegistryOrganisation& organisation) {
  TrustedIssuer issuer;
  issuer.issuer = organisation.issuer;
  issuer.organisation = organisation.id;
  for (const KindWindow& kind : organisation.kinds) issuer.vcts.push_back(kind.vct);
  issuer.status_uri_prefix = organisation.status_uri_prefix;
  issuer.listed = &organisation;
  for (const RegistryKey& key : organisation.issue_keys) issuer.keys.Add(key.kid, key.key);
  for (const RegistryKey& key : organisation.status_keys) issuer.status_keys.Add(key.kid, key.key);
  return issuer;
}

// Where a registry names its own keys, the one that signed it is among them and counted then.
Result<void> CheckSigner(const RegistryContent& content, const P256Point& signer) {
  if (content.registry_keys.empty()) return {};
  const auto listed = std::find_if(content.registry_keys.begin(), content.registry_keys.end(),
                                   [&](const RegistryKey& key) { return key.key.point() == signer; });
  if (listed == content.registry_keys.end())
    return RegistryRefused("TRUST-01", "its own key is not among those it lists");
  const bool in_use = listed->valid_from <= content.issued_at &&
                      (!listed->valid_until || content.issued_at < *listed->valid_until) && !listed->compromised_since;
  if (!in_use) return RegistryRefused("TRUST-01", "by its own words its key was not to sign it");
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

  TRY_ASSIGN(RegistryContent content, ReadRegistryPayload(*verified->payload));
  if (now < content.issued_at - leeway) return RegistryRefused("TRUST-02", "issued in the future");
  TRY(CheckRegistry(content, pinned));
  TRY(CheckSigner(content, verified->key));
  TrustRegistry registry;
  registry.content_ = std::make_shared<const RegistryContent>(std::move(content));
  for (const RegistryOrganisation& organisation : registry.organisations()) {
    registry.by_id_.emplace(organisation.id, registry.by_id_.size());
    if (!organisation.issuer.empty()) registry.issuers_.emplace(organisation.issuer, ToIssuer(organisation));
  }
  registry.digest_ = verified->signing_input_digest;
  return registry;
}

const RegistryOrganisation* TrustRegistry::FindOrganisation(const OrganisationId& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &content_->organisations[found->second];
}

const TrustedIssuer* TrustRegistry::Find(std::string_view issuer) const {
  const auto found = issuers_.find(issuer);
  return found == issuers_.end() ? nullptr : &found->second;
}

const RegistryOrganisation& TrustRegistry::ResponsibleFor(const RegistryOrganisation& organisation, Instant at) const {
  const RegistryOrganisation* responsible = &organisation;
  for (;;) {
    const Succession* in_force = nullptr;
    for (const Succession& succession : responsible->successions) {
      if (succession.at <= at) in_force = &succession;
    }
    if (in_force == nullptr) return *responsible;
    responsible = FindOrganisation(in_force->successor);
    assert(responsible != nullptr);
  }
}

const RegistryOrganisation* TrustRegistry::Responsible(const TrustedIssuer& issuer, Instant at) const {
  assert(issuer.listed != nullptr);
  const RegistryOrganisation& responsible = ResponsibleFor(*issuer.listed, at);
  return &responsible == issuer.listed ? nullptr : &responsible;
}

}  // namespace passport
