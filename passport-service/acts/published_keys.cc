#include "passport-service/acts/published_keys.h"

#include <utility>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64.h"

namespace passport {
namespace {

// Outside readers know neither windows nor states: whoever stole a key would be believed for good.
json::Value& KeysOf(const RegistryOrganisation& organisation, const std::vector<RegistryKey>& keys, Instant now,
                    json::Tree& tree) {
  json::Value& array = tree.Array();
  const EntryState state = StateAt(organisation, now).state;
  if (state == EntryState::kCompromised || state == EntryState::kSuspended) return array;
  for (const RegistryKey& key : keys) {
    if (key.compromised_since) continue;
    json::Value& jwk = MakeJwk(key.key.point(), tree);
    jwk.Append("kid", tree.String(key.kid));
    if (!key.certificate.empty()) {
      json::Value& x5c = tree.Array();
      x5c.Append(tree.String(EncodeBase64(key.certificate)));
      jwk.Append("x5c", x5c);
    }
    array.Append(jwk);
  }
  return array;
}

}  // namespace

std::string KeysPayload(const RegistryOrganisation& organisation, Instant now) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("sub", tree.String(organisation.id.text()));
  payload.Append("iss", tree.String(organisation.issuer));
  payload.Append("issue_keys", KeysOf(organisation, organisation.issue_keys, now, tree));
  payload.Append("status_keys", KeysOf(organisation, organisation.status_keys, now, tree));
  return json::Write(payload);
}

std::string IssuerMetadata(const RegistryOrganisation& organisation, Instant now) {
  json::Tree tree;
  json::Value& metadata = tree.Object();
  metadata.Append("issuer", tree.String(organisation.issuer));
  json::Value& jwks = tree.Object();
  jwks.Append("keys", KeysOf(organisation, organisation.issue_keys, now, tree));
  metadata.Append("jwks", jwks);
  return json::Write(metadata);
}

std::string IssuerMetadataPath(std::string_view issuer) {
  constexpr std::string_view kScheme = "https://";
  const std::size_t path = issuer.find('/', kScheme.size());
  return ".well-known/jwt-vc-issuer" + std::string(path == std::string_view::npos ? "" : issuer.substr(path));
}

}  // namespace passport
