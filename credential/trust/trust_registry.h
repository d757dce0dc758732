// The registry: which organisations take part, what each may issue, with which keys, in which state, from when to when.
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
#include "credential/trust/registry_content.h"

namespace passport {

inline constexpr std::string_view kRegistryTyp = "dsp-trust-list+jwt";
inline constexpr std::size_t kRegistryBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kRegistryOrganisationsMax = 20'000;
inline constexpr std::size_t kRegistryDocumentsMax = 20'000;
inline constexpr std::size_t kRegistryReceiptKeysMax = 1'000;  // and of registry keys
inline constexpr std::size_t kRegistryAuthoritiesMax = 100;

// Everything but sequence and times as the registry writes it: equal texts, equal registries.
std::string WriteSubstance(const RegistryContent& content);

// Signs a version. Fails as the signer does.
Result<std::string> SignRegistry(const RegistryContent& content, KeyReference key, Signer& registry_key);

class TrustRegistry final : public IssuerDirectory {
 public:
  // Reads and judges a signed registry (TRUST-01, -02 but for staleness, -04, -05, -08 to -10). Fails with kRegistry
  // naming the check, or kLimit. `now` is needed for "not from the future" only.
  static Result<TrustRegistry> Read(std::string_view jws, const KeySet& pinned, Instant now, Seconds leeway);

  std::uint64_t sequence() const { return content_->sequence; }
  Instant issued_at() const { return content_->issued_at; }
  Instant next_update() const { return content_->next_update; }
  const Digest& digest() const { return digest_; }
  const std::vector<RegistryOrganisation>& organisations() const { return content_->organisations; }
  const RegistryContent& content() const { return *content_; }
  const RegistryOrganisation* FindOrganisation(const OrganisationId& id) const;
  const TrustedIssuer* Find(std::string_view issuer) const override;
  const RegistryOrganisation* Responsible(const TrustedIssuer& issuer, Instant at) const override;
  // The organisation itself, or who answers for its records at that time: its successor, the successor's successor.
  const RegistryOrganisation& ResponsibleFor(const RegistryOrganisation& organisation, Instant at) const;

 private:
  TrustRegistry() = default;
  std::shared_ptr<const RegistryContent> content_;  // shared by copies: issuers point into it
  Digest digest_{};
  std::map<std::string, TrustedIssuer, std::less<>> issuers_;
  std::map<OrganisationId, std::size_t> by_id_;  // where each stands in the content
};

}  // namespace passport
