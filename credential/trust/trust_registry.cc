#include "credential/trust/trust_registry.h"

#include <algorithm>
#include <set>
#include <utility>

#include "credential/crypto/jwk.h"

namespace passport {
namespace {

Fault Refused(std::string_view check, std::string_view what) {
  return {Reason::kRegistry, check, "registry: " + std::string(what)};
}

constexpr json::Limits kRegistryJson{
    .bytes = kRegistryBytesMax, .depth = 12, .nodes = 2'000'000, .string_bytes = 4096, .members = 64};

// Reads members by name and type; the first that does not fit is remembered.
class Fields {
 public:
  explicit Fields(const json::Value& object) : object_(object) {}
  Result<std::string> Text(std::string_view name) const {
    const json::Value* value = object_.Find(name);
    if (value == nullptr || !value->is_string()) return Missing(name);
    return std::string(*value->text());
  }
  Result<Instant> Time(std::string_view name) const {
    const json::Value* value = object_.Find(name);
    const auto seconds = value == nullptr ? std::nullopt : value->integer();
    if (!seconds || *seconds < 0) return Missing(name);
    return Instant{*seconds};
  }
  Result<const json::Value*> Array(std::string_view name) const {
    const json::Value* value = object_.Find(name);
    if (value == nullptr || !value->is_array()) return Missing(name);
    return value;
  }
  // Every member must be known: one we do not understand may restrict what we would allow.
  Result<void> Only(std::initializer_list<std::string_view> known) const {
    if (!object_.is_object()) return Refused("TRUST-04", "an entry is not an object");
    for (const json::Value& member : object_) {
      bool found = false;
      for (const std::string_view name : known) found = found || name == member.name();
      if (!found) return Refused("TRUST-04", "unknown member");
    }
    return {};
  }

 private:
  static Fault Missing(std::string_view name) {
    return Refused("TRUST-04", std::string(name) + " is missing or of another type");
  }
  const json::Value& object_;
};

Result<std::vector<RegistryKey>> ReadKeys(const json::Value& jwks) {
  std::vector<RegistryKey> keys;
  for (const json::Value& jwk : jwks) {
    const Result<std::string_view> kid = ReadKid(jwk);
    const Result<PublicKey> key = ReadJwk(jwk);
    if (!kid.ok() || kid->empty() || !key.ok()) return Refused("TRUST-04", "a key is not a named P-256 JWK");
    keys.push_back({std::string(*kid), *key});
  }
  return keys;
}

Result<RegistryOrganisation> ReadOrganisation(const json::Value& entry) {
  const Fields fields(entry);
  TRY(fields.Only({"id", "name", "type", "iss", "status_uri_prefix", "vct", "valid_from", "valid_until", "issue_keys",
                   "status_keys"}));
  TRY_ASSIGN(const std::string id_text, fields.Text("id"));
  Result<OrganisationId> id = OrganisationId::Parse(id_text);
  if (!id.ok()) return Refused("TRUST-04", "an organisation id is not valid");
  RegistryOrganisation organisation{.id = *id,
                                    .legal_name = {},
                                    .type = {},
                                    .issuer = {},
                                    .status_uri_prefix = {},
                                    .vcts = {},
                                    .valid_from = {},
                                    .valid_until = {},
                                    .issue_keys = {},
                                    .status_keys = {}};
  TRY_ASSIGN(organisation.legal_name, fields.Text("name"));
  TRY_ASSIGN(organisation.type, fields.Text("type"));
  TRY_ASSIGN(organisation.issuer, fields.Text("iss"));
  TRY_ASSIGN(organisation.status_uri_prefix, fields.Text("status_uri_prefix"));
  if (!IsStatusUri(organisation.issuer)) return Refused("TRUST-10", "iss is not an https URI of ASCII characters");
  if (!IsStatusUri(organisation.status_uri_prefix) || organisation.status_uri_prefix.back() != '/')
    return Refused("TRUST-09", "status_uri_prefix is not an https URI that ends with '/'");
  TRY_ASSIGN(organisation.valid_from, fields.Time("valid_from"));
  if (entry.Find("valid_until") != nullptr) {
    TRY_ASSIGN(organisation.valid_until, fields.Time("valid_until"));
  }
  TRY_ASSIGN(const json::Value* const vcts, fields.Array("vct"));
  for (const json::Value& vct : *vcts) {
    if (!vct.is_string()) return Refused("TRUST-04", "a vct is not a string");
    organisation.vcts.emplace_back(*vct.text());
  }
  TRY_ASSIGN(const json::Value* const issue_keys, fields.Array("issue_keys"));
  TRY_ASSIGN(organisation.issue_keys, ReadKeys(*issue_keys));
  TRY_ASSIGN(const json::Value* const status_keys, fields.Array("status_keys"));
  TRY_ASSIGN(organisation.status_keys, ReadKeys(*status_keys));
  return organisation;
}

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

// TRUST-04, -05, -08 over all entries: each id, issuer, prefix and key stands once, in one role.
Result<void> CheckUnique(const std::vector<RegistryOrganisation>& organisations, const KeySet& registry_keys) {
  std::set<std::string_view> ids;
  std::set<std::string_view> issuers;
  std::set<std::string_view> prefixes;
  std::set<P256Point> keys;
  for (const RegistryOrganisation& organisation : organisations) {
    if (!ids.insert(organisation.id.text()).second) return Refused("TRUST-04", "an organisation occurs twice");
    if (!issuers.insert(organisation.issuer).second) return Refused("TRUST-04", "an issuer occurs twice");
    if (!prefixes.insert(organisation.status_uri_prefix).second)
      return Refused("TRUST-04", "a status prefix occurs twice");
    for (const auto* role : {&organisation.issue_keys, &organisation.status_keys}) {
      std::set<std::string_view> kids;
      for (const RegistryKey& key : *role) {
        if (!kids.insert(key.kid).second) return Refused("TRUST-04", "a kid occurs twice in one role");
        if (!keys.insert(key.key.point()).second)
          return Refused("TRUST-05", "a key stands under two organisations or roles");
        if (registry_keys.Holds(key.key)) return Refused("TRUST-08", "the registry key stands under an organisation");
      }
    }
  }
  // Sorted, a prefix that holds others stands right before one of them.
  const auto inside = [](std::string_view outer, std::string_view inner) { return inner.starts_with(outer); };
  if (std::adjacent_find(prefixes.begin(), prefixes.end(), inside) != prefixes.end())
    return Refused("TRUST-09", "a status prefix lies inside another organisation's");
  return {};
}

json::Value& KeysToJson(const std::vector<RegistryKey>& keys, json::Tree& tree) {
  json::Value& array = tree.Array();
  for (const RegistryKey& key : keys) {
    json::Value& jwk = MakeJwk(key.key.point(), tree);
    jwk.Append("kid", tree.String(key.kid));
    array.Append(jwk);
  }
  return array;
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
  entry.Append("issue_keys", KeysToJson(organisation.issue_keys, tree));
  entry.Append("status_keys", KeysToJson(organisation.status_keys, tree));
  return entry;
}

json::Value& ToJson(const std::vector<RegistryOrganisation>& organisations, json::Tree& tree) {
  json::Value& entries = tree.Array();
  for (const RegistryOrganisation& organisation : organisations) entries.Append(ToJson(organisation, tree));
  return entries;
}

}  // namespace

std::string WriteOrganisations(const std::vector<RegistryOrganisation>& organisations) {
  json::Tree tree;
  return json::Write(ToJson(organisations, tree));
}

Result<std::string> SignRegistry(const RegistryContent& content, std::string_view kid, Signer& registry_key) {
  json::Tree tree;
  json::Value& payload = tree.Object();
  payload.Append("version", tree.Integer(1));
  payload.Append("sequence", tree.Integer(static_cast<std::int64_t>(content.sequence)));
  payload.Append("issued_at", tree.Integer(content.issued_at.seconds));
  payload.Append("next_update", tree.Integer(content.next_update.seconds));
  payload.Append("organisations", ToJson(content.organisations, tree));
  return SignJws(JwsHeader(kRegistryTyp, kid), json::Write(payload), registry_key);
}

Result<TrustRegistry> TrustRegistry::Read(std::string_view jws, const KeySet& pinned, Instant now, Seconds leeway) {
  json::Tree tree;
  const JwsRules rules{.typ = kRegistryTyp,
                       .allowed_algs = Es256Only(),
                       .token_bytes = kRegistryBytesMax,
                       .header_bytes = kHeaderBytesMax,
                       .payload = kRegistryJson};
  const auto refused = [](const Fault& fault) {
    if (fault.reason == Reason::kLimit) return Fault{Reason::kLimit, "TRUST-04", "registry: " + fault.detail};
    return Refused("TRUST-01", fault.detail);
  };
  const Result<UnverifiedJws> token = UnverifiedJws::Read(jws, rules, tree);
  if (!token.ok()) return refused(token.fault());
  const Result<VerifiedJws> verified = pinned.Verify(*token);
  if (!verified.ok()) return refused(verified.fault());

  const json::Value& payload = *verified->payload;
  const Fields fields(payload);
  TRY(fields.Only({"version", "sequence", "issued_at", "next_update", "organisations"}));
  const json::Value* version = payload.Find("version");
  if (version == nullptr || version->integer() != 1) return Refused("TRUST-04", "version is not 1");
  TrustRegistry registry;
  TRY_ASSIGN(const Instant sequence, fields.Time("sequence"));
  registry.content_.sequence = static_cast<std::uint64_t>(sequence.seconds);
  TRY_ASSIGN(registry.content_.issued_at, fields.Time("issued_at"));
  TRY_ASSIGN(registry.content_.next_update, fields.Time("next_update"));
  if (now < registry.issued_at() - leeway) return Refused("TRUST-02", "issued in the future");
  if (registry.next_update() <= registry.issued_at()) return Refused("TRUST-02", "next_update is not after issued_at");
  TRY_ASSIGN(const json::Value* const organisations, fields.Array("organisations"));
  if (organisations->size() > kRegistryOrganisationsMax)
    return Fault{Reason::kLimit, "TRUST-04", "registry: too many organisations"};
  for (const json::Value& entry : *organisations) {
    TRY_ASSIGN(RegistryOrganisation organisation, ReadOrganisation(entry));
    registry.content_.organisations.push_back(std::move(organisation));
  }
  TRY(CheckUnique(registry.content_.organisations, pinned));
  for (const RegistryOrganisation& organisation : registry.content_.organisations) {
    registry.issuers_.emplace(organisation.issuer, ToIssuer(organisation));
  }
  registry.digest_ = verified->signing_input_digest;
  return registry;
}

const RegistryOrganisation* TrustRegistry::FindOrganisation(const OrganisationId& id) const {
  for (const RegistryOrganisation& organisation : content_.organisations) {
    if (organisation.id == id) return &organisation;
  }
  return nullptr;
}

const TrustedIssuer* TrustRegistry::Find(std::string_view issuer) const {
  const auto found = issuers_.find(issuer);
  return found == issuers_.end() ? nullptr : &found->second;
}

}  // namespace passport
