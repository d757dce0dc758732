// The registry: which organisations take part, what each may issue, with which keys, from when to when.
//
// A signed, numbered, published document (docs/formats/registry.md). Reading one proves that the pinned registry key
// signed it and that it contradicts itself nowhere.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jws.h"
#include "credential/crypto/signer.h"
#include "credential/trust/issuer_directory.h"
#include "credential/trust/published_document.h"

namespace passport {

inline constexpr std::string_view kRegistryTyp = "dsp-trust-list+jwt";
inline constexpr std::size_t kRegistryBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kRegistryOrganisationsMax = 20'000;
inline constexpr std::size_t kRegistryDocumentsMax = 20'000;
inline constexpr std::size_t kRegistryReceiptKeysMax = 1'000;

// A key as the registry lists it.
struct RegistryKey {
  std::string kid;
  PublicKey key;
};

struct RegistryOrganisation {
  OrganisationId id;
  std::string legal_name;
  std::string type;
  std::string issuer;
  std::string status_uri_prefix;
  std::vector<std::string> vcts;
  Instant valid_from;
  std::optional<Instant> valid_until;
  std::vector<RegistryKey> issue_keys;
  std::vector<RegistryKey> status_keys;
};

// A key that signs receipts of the service that publishes this registry. Kept in the list for good, so that a receipt
// can be checked years after its key was retired.
struct RegistryReceiptKey {
  RegistryKey key;
  Instant valid_from;
  std::optional<Instant> valid_until;
};

// What one version says.
struct RegistryContent {
  std::uint64_t sequence = 0;  // 1, 2, 3, ...
  Instant issued_at;
  Instant next_update;  // the next version comes before; from then on this one is stale
  std::vector<RegistryOrganisation> organisations;
  std::vector<RegistryDocument> documents;  // rules, every version; by kind, id and version
  std::vector<RegistryReceiptKey> receipt_keys;
};

// Everything but sequence and times as the registry writes it: equal texts, equal registries.
std::string WriteSubstance(const RegistryContent& content);

// Signs a version. Fails as the signer does.
Result<std::string> SignRegistry(const RegistryContent& content, KeyReference key, Signer& registry_key);

class TrustRegistry final : public IssuerDirectory {
 public:
  // Reads and judges a signed registry (TRUST-01, -02 but for staleness, -04, -05, -08 to -10). Fails with kRegistry
  // naming the check, or kLimit. `now` is needed for "not from the future" only.
  static Result<TrustRegistry> Read(std::string_view jws, const KeySet& pinned, Instant now, Seconds leeway);

  std::uint64_t sequence() const { return content_.sequence; }
  Instant issued_at() const { return content_.issued_at; }
  Instant next_update() const { return content_.next_update; }
  const Digest& digest() const { return digest_; }
  const std::vector<RegistryOrganisation>& organisations() const { return content_.organisations; }
  const RegistryContent& content() const { return content_; }
  const RegistryOrganisation* FindOrganisation(const OrganisationId& id) const;
  const TrustedIssuer* Find(std::string_view issuer) const override;

 private:
  TrustRegistry() = default;
  RegistryContent content_;
  Digest digest_{};
  std::map<std::string, TrustedIssuer, std::less<>> issuers_;
  std::map<OrganisationId, std::size_t> by_id_;  // where each stands in the content
};

}  // namespace passport
