#include "credential/trust/registry_key_json.h"

#include <utility>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64.h"
#include "credential/encoding/base64url.h"
#include "credential/trust/lote_names.h"

namespace passport {
namespace {

Fault KeyRefused(std::string_view what) { return RegistryRefused("TRUST-04", what); }

Result<std::string> ReadDer(const RegistryMembers& members, std::string_view name) {
  TRY_ASSIGN(const std::string text, members.Text(name));
  const Result<std::string> der = DecodeBase64(text);
  if (!der.ok()) return KeyRefused("a certificate is not base64");
  return *der;
}

Result<std::optional<Instant>> ReadCompromised(const RegistryMembers& jwk) {
  if (!jwk.Has("revoked")) return std::optional<Instant>();
  TRY_ASSIGN(const json::Value* const object, jwk.Object("revoked"));
  TRY_ASSIGN(const RegistryMembers revoked, RegistryMembers::Of(*object, {"revoked_at", "reason"}));
  TRY(revoked.Exactly("reason", "compromised"));
  TRY_ASSIGN(const std::int64_t at, revoked.Number("revoked_at", 0));
  return std::optional(Instant{at});
}

// A key and the fingerprint of its certificate; empty: it has none.
struct NamedKey {
  RegistryKey key;
  std::string thumbprint;
};

Result<NamedKey> ReadKey(const json::Value& value) {
  TRY_ASSIGN(const RegistryMembers jwk,
             RegistryMembers::Of(value, {"kty", "crv", "x", "y", "kid", "nbf", "exp", "revoked", lote::kThumbprint}));
  const Result<PublicKey> key = ReadJwk(value);
  if (!key.ok()) return KeyRefused("a key is not a P-256 JWK");
  TRY_ASSIGN(std::string kid, jwk.Text("kid"));
  TRY_ASSIGN(const std::int64_t valid_from, jwk.Number("nbf", 0));
  std::optional<Instant> valid_until;
  if (jwk.Has("exp")) {
    TRY_ASSIGN(const std::int64_t end, jwk.Number("exp", 0));
    if (end <= valid_from) return KeyRefused("a key ends before it begins");
    valid_until = Instant{end};
  }
  TRY_ASSIGN(const std::optional<Instant> compromised_since, ReadCompromised(jwk));
  std::string thumbprint;
  if (jwk.Has(lote::kThumbprint)) {
    TRY_ASSIGN(thumbprint, jwk.Text(lote::kThumbprint));
  }
  return NamedKey{.key = {.kid = std::move(kid),
                          .key = *key,
                          .certificate = {},
                          .valid_from = Instant{valid_from},
                          .valid_until = valid_until,
                          .compromised_since = compromised_since},
                  .thumbprint = std::move(thumbprint)};
}

Result<std::string> ReadPkiObject(const json::Value& value) {
  TRY_ASSIGN(const RegistryMembers object, RegistryMembers::Of(value, {"val"}));
  return ReadDer(object, "val");
}

// A certificate of that key, for that role, in that name.
Result<void> CheckListed(std::string_view der, const PublicKey& key, CertificateUse use, std::string_view uri) {
  const Result<Certificate> leaf = ReadCertificate(der);
  if (!leaf.ok()) return KeyRefused(leaf.fault().detail);
  if (leaf->authority || leaf->key != key) return KeyRefused("a certificate is of another key than it stands with");
  if (leaf->purposes.size() != 1 || leaf->purposes.front() != OidOf(use))
    return RegistryRefused("TRUST-08", "a certificate is for another role than its key");
  if (leaf->uris.size() != 1 || (!uri.empty() && leaf->uris.front() != uri))
    return KeyRefused("a certificate is in another name than its key");
  return {};
}

}  // namespace

Result<std::vector<RegistryKey>> ReadRegistryKeys(const RegistryMembers& identity, CertificateUse use,
                                                  std::string_view uri, std::size_t keys_max) {
  TRY_ASSIGN(std::vector<NamedKey> named, identity.Entries<NamedKey>(lote::kPublicKeys, keys_max, ReadKey));
  std::vector<std::string> certificates;
  if (identity.Has(lote::kCertificates)) {
    TRY_ASSIGN(certificates, identity.Entries<std::string>(lote::kCertificates, keys_max, ReadPkiObject));
    if (certificates.empty()) return KeyRefused("an empty list of certificates");
  }
  std::vector<RegistryKey> keys;
  auto certificate = certificates.begin();
  for (NamedKey& entry : named) {
    if (!entry.thumbprint.empty()) {
      if (certificate == certificates.end() || EncodeBase64Url(Sha256(*certificate)) != entry.thumbprint)
        return KeyRefused("a key names a certificate that is not there");
      TRY(CheckListed(*certificate, entry.key.key, use, uri));
      entry.key.certificate = std::move(*certificate++);
    }
    keys.push_back(std::move(entry.key));
  }
  if (certificate != certificates.end()) return KeyRefused("a certificate that no key names");
  return keys;
}

json::Value& MakeRegistryJwk(const RegistryKey& key, json::Tree& tree) {
  json::Value& jwk = MakeJwk(key.key.point(), tree);
  jwk.Append("kid", tree.String(key.kid));
  jwk.Append("nbf", tree.Integer(key.valid_from.seconds));
  if (key.valid_until) jwk.Append("exp", tree.Integer(key.valid_until->seconds));
  if (key.compromised_since) {
    json::Value& revoked = tree.Object();
    revoked.Append("revoked_at", tree.Integer(key.compromised_since->seconds));
    revoked.Append("reason", tree.String("compromised"));
    jwk.Append("revoked", revoked);
  }
  if (!key.certificate.empty()) jwk.Append(lote::kThumbprint, tree.String(EncodeBase64Url(Sha256(key.certificate))));
  return jwk;
}

Result<IssuingAuthority> ReadIssuingAuthority(const json::Value& entry) {
  TRY_ASSIGN(const RegistryMembers members,
             RegistryMembers::Of(entry, {"certificate", lote::kThumbprint, "compromised_since"}));
  TRY_ASSIGN(std::string certificate, ReadDer(members, "certificate"));
  TRY(members.Exactly(lote::kThumbprint, EncodeBase64Url(Sha256(certificate))));
  const Result<Certificate> authority = ReadCertificate(certificate);
  if (!authority.ok()) return KeyRefused(authority.fault().detail);
  if (!authority->authority || !authority->may_sign_certificates)
    return KeyRefused("the certificate of an authority is not one");
  TRY_ASSIGN(const std::optional<Instant> compromised_since, members.TimeIfThere("compromised_since"));
  return IssuingAuthority{.certificate = std::move(certificate), .compromised_since = compromised_since};
}

}  // namespace passport
