// The registry as it is written; read back by registry_json.cc.
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "credential/trust/trust_registry.h"

namespace passport {
namespace {

template <class Entry>
json::Value& ToJson(const std::vector<Entry>& entries, json::Tree& tree);

json::Value& ToJson(const RegistryKey& key, json::Tree& tree) {
  json::Value& jwk = MakeJwk(key.key.point(), tree);
  jwk.Append("kid", tree.String(key.kid));
  return jwk;
}

json::Value& ToJson(const RegistryOrganisation& organisation, json::Tree& tree) {
  json::Value& entry = tree.Object();
  entry.Append("id", tree.String(organisation.id.text()));
  entry.Append("name", tree.String(organisation.legal_name));
  entry.Append("type", tree.String(organisation.type));
  entry.Append("iss", tree.String(organisation.issuer));
  entry.Append("status_uri_prefix", tree.String(organisation.status_uri_prefix));
  json::Value& vcts = tree.Array();
  for (const std::string& vct : organisation.vcts) vcts.Append(tree.String(vct));
  entry.Append("vct", vcts);
  entry.Append("valid_from", tree.Integer(organisation.valid_from.seconds));
  if (organisation.valid_until) entry.Append("valid_until", tree.Integer(organisation.valid_until->seconds));
  entry.Append("issue_keys", ToJson(organisation.issue_keys, tree));
  entry.Append("status_keys", ToJson(organisation.status_keys, tree));
  return entry;
}

json::Value& ToJson(const RegistryDocument& document, json::Tree& tree) {
  json::Value& entry = tree.Object();
  entry.Append("kind", tree.String(WordOf(document.kind)));
  entry.Append("id", tree.String(document.id));
  entry.Append("version", tree.Integer(document.version));
  entry.Append("path", tree.String(document.path));
  entry.Append("digest", tree.String(EncodeBase64Url(document.digest)));
  if (document.withdrawn_at) entry.Append("withdrawn_at", tree.Integer(document.withdrawn_at->seconds));
  return entry;
}

json::Value& ToJson(const RegistryReceiptKey& receipt_key, json::Tree& tree) {
  json::Value& entry = tree.Object();
  entry.Append("key", ToJson(receipt_key.key, tree));
  entry.Append("valid_from", tree.Integer(receipt_key.valid_from.seconds));
  if (receipt_key.valid_until) entry.Append("valid_until", tree.Integer(receipt_key.valid_until->seconds));
  return entry;
}

template <class Entry>
json::Value& ToJson(const std::vector<Entry>& entries, json::Tree& tree) {
  json::Value& array = tree.Array();
  for (const Entry& entry : entries) array.Append(ToJson(entry, tree));
  return array;
}

// Lists that are empty are left out: yesterday's readers, which do not know them, go on reading.
void AppendSubstance(const RegistryContent& content, json::Value& payload, json::Tree& tree) {
  payload.Append("organisations", ToJson(content.organisations, tree));
  if (!content.documents.empty()) payload.Append("documents", ToJson(content.documents, tree));
  if (!content.receipt_keys.empty()) payload.Append("receipt_keys", ToJson(content.receipt_keys, tree));
}

}  // namespace

std::string WriteSubstance(const RegistryContent& content) {
  json::Tree tree;
  json::Value& substance = tree.Object();
  AppendSubstance(content, substance, tree);
  return json::Write(substance);
}

Result<std::string> SignRegistry(const RegistryContent& content, KeyReference key, Signer& registry_key) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("version", tree.Integer(1));
  payload.Append("sequence", tree.Integer(static_cast<std::int64_t>(content.sequence)));
  payload.Append("issued_at", tree.Integer(content.issued_at.seconds));
  payload.Append("next_update", tree.Integer(content.next_update.seconds));
  AppendSubstance(content, payload, tree);
  return SignJws(JwsHeader(kRegistryTyp, key), json::Write(payload), registry_key);
}

}  // namespace passport
