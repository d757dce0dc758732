#include "passport-service/acts/key_certificates.h"

#include <algorithm>
#include <utility>

#include "credential/crypto/jwk.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/registry_steps.h"
#include "passport-service/acts/request_answers.h"

namespace passport {
namespace {

// As many certificates as one write takes.
constexpr std::size_t kBatch = 500;

Fault Waits(std::string_view what) { return {Reason::kKeyState, "", "issuing authority: " + std::string(what)}; }

struct ActingAuthority {
  Certificate certificate;
  std::shared_ptr<Signer> signer;
};

// Nothing while no ceremony was held. Fails with kKeyState when one was and another has to come.
Result<std::optional<ActingAuthority>> FindAuthority(const KeyStore& keys, const CertificatesByKid& certificates) {
  bool held = false;
  for (const KeyInfo& info : keys.List()) {
    held = held || (info.role == KeyRole::kIssuingAuthority && certificates.contains(info.kid));
  }
  if (!held) return std::optional<ActingAuthority>();
  Result<std::shared_ptr<Signer>> signer = keys.SignerFor(KeyOwner::Service(), KeyRole::kIssuingAuthority);
  if (!signer.ok() && signer.fault().reason != Reason::kKeyState) return signer.fault();
  if (!signer.ok()) return Waits("it has no active key; hold the ceremony for a new one");
  const auto row = certificates.find(Thumbprint((*signer)->public_key().point()));
  if (row == certificates.end()) return Waits("its new key waits for its certificate; finish the ceremony");
  Result<Certificate> certificate = ReadCertificate(row->second.certificate);
  if (!certificate.ok()) return Fault{Reason::kStoreUnavailable, "", "a stored certificate does not read"};
  return std::optional(ActingAuthority{std::move(certificate).value(), std::move(signer).value()});
}

bool MaySignAnew(KeyState state) { return state == KeyState::kStaged || state == KeyState::kActive; }

Result<std::optional<CertificateRow>> Certify(const KeyInfo& info, std::string_view uri,
                                              const ActingAuthority& authority, Instant now) {
  const std::optional<CertificateUse> use = UseOf(info.role);
  if (!use || !info.point || !MaySignAnew(info.state)) return std::optional<CertificateRow>();
  TRY_ASSIGN(const PublicKey key, PublicKey::Import(*info.point));
  const LeafTerms terms{.use = *use, .key = key, .owner = info.owner.text(), .uri = std::string(uri), .now = now};
  TRY_ASSIGN(std::string leaf, MakeSigningLeaf(terms, authority.certificate, *authority.signer));
  return std::optional(CertificateRow{
      .kid = info.kid, .certificate = std::move(leaf), .authority = authority.certificate.der, .at = now});
}

void AppendRow(CertificateRow row, Instant now, Changes& changes) {
  changes.emplace_back(AuditedOfService(now, {.what = "certificate.made", .object = row.kid}));
  changes.emplace_back(AddCertificate{std::move(row)});
}

// The address of every owner of keys.
Result<std::map<KeyOwner, std::string>> Addresses(Organisations& organisations) {
  std::map<KeyOwner, std::string> addresses;
  TRY_ASSIGN(const std::vector<OrganisationRow> rows, organisations.AllOrganisations());
  for (const OrganisationRow& row : rows) addresses.emplace(row.id, row.issuer);
  TRY_ASSIGN(std::optional<std::string> base, FindBaseUri(organisations));
  if (base) addresses.emplace(KeyOwner::Service(), std::move(*base));
  return addresses;
}

}  // namespace

Result<CertificatesByKid> ReadCertificates(Certificates& store) {
  TRY_ASSIGN(std::vector<CertificateRow> rows, store.AllCertificates());
  CertificatesByKid certificates;
  for (CertificateRow& row : rows) certificates.emplace(row.kid, std::move(row));
  return certificates;
}

Result<void> AppendCertificates(Certificates& store, const KeyStore& keys, const KeyOwner& owner, std::string_view uri,
                                Instant now, Changes& changes) {
  TRY_ASSIGN(const CertificatesByKid certificates, ReadCertificates(store));
  TRY_ASSIGN(const std::optional<ActingAuthority> authority, FindAuthority(keys, certificates));
  if (!authority) return {};
  for (const KeyInfo& info : keys.List()) {
    if (info.owner != owner || certificates.contains(info.kid)) continue;
    TRY_ASSIGN(std::optional<CertificateRow> row, Certify(info, uri, *authority, now));
    if (row) AppendRow(std::move(*row), now, changes);
  }
  return {};
}

Result<void> CertifyKeys(Store& store, const KeyStore& keys, Instant now) {
  TRY_ASSIGN(const CertificatesByKid certificates, ReadCertificates(store));
  const Result<std::optional<ActingAuthority>> authority = FindAuthority(keys, certificates);
  if (!authority.ok() && authority.fault().reason != Reason::kKeyState) return authority.fault();
  if (!authority.ok() || !*authority || now > (*authority)->certificate.until) return {};
  TRY_ASSIGN(const auto addresses, Addresses(store));
  Changes changes;
  for (const KeyInfo& info : keys.List()) {
    const auto address = addresses.find(info.owner);
    if (address == addresses.end() || certificates.contains(info.kid)) continue;
    TRY_ASSIGN(std::optional<CertificateRow> row, Certify(info, address->second, **authority, now));
    if (!row) continue;
    AppendRow(std::move(*row), now, changes);
    if (changes.size() < 2 * kBatch) continue;
    TRY(ApplyNow(store, changes));
    changes.clear();
  }
  return changes.empty() ? Result<void>() : ApplyNow(store, changes);
}

Result<std::optional<std::string>> FindBaseUri(Organisations& organisations) {
  TRY_ASSIGN(const std::vector<OrganisationRow> rows, organisations.AllOrganisations());
  for (const OrganisationRow& row : rows) {
    const std::string tail = PublishedBase{}.IssuerOf(row.id);
    if (row.registrar && row.issuer.ends_with(tail)) {
      return std::optional(row.issuer.substr(0, row.issuer.size() - tail.size()));
    }
  }
  return std::optional<std::string>();
}

Result<SigningKey> FindSigningKey(const KeyStore& keys, Certificates& store, const KeyOwner& owner, KeyRole role) {
  SigningKey key;
  TRY_ASSIGN(key.signer, keys.SignerFor(owner, role));
  key.kid = Thumbprint(key.signer->public_key().point());
  TRY_ASSIGN(std::optional<CertificateRow> row, store.FindCertificate(key.kid));
  if (row) key.x5c = {std::move(row->certificate), std::move(row->authority)};
  return key;
}

}  // namespace passport
