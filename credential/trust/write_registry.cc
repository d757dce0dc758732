// The registry as it is written; read back by registry_json.cc.
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jws.h"
#include "credential/encoding/base64.h"
#include "credential/encoding/base64url.h"
#include "credential/trust/lote_names.h"
#include "credential/trust/registry_key_json.h"
#include "credential/trust/trust_registry.h"
#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

class Writer {
 public:
  explicit Writer(json::Tree& tree) : tree_(tree) {}

  // Everything but sequence and times.
  json::Value& Substance(const RegistryContent& content) {
    json::Value& scheme = tree_.Object();
    AppendScheme(content, scheme);
    return Whole(content, scheme);
  }

  json::Value& Payload(const RegistryContent& content) {
    json::Value& scheme = tree_.Object();
    scheme.Append(lote::kSequence, tree_.Integer(static_cast<std::int64_t>(content.sequence)));
    scheme.Append(lote::kIssuedAt, Time(content.issued_at));
    scheme.Append(lote::kNextUpdate, Time(content.next_update));
    AppendScheme(content, scheme);
    return Whole(content, scheme);
  }

 private:
  json::Value& Text(std::string_view text) { return tree_.String(text); }
  json::Value& Time(Instant at) { return tree_.String(UtcText(at)); }
  void AppendTime(json::Value& object, std::string_view name, const std::optional<Instant>& at) {
    if (at) object.Append(name, Time(*at));
  }

  // [{"lang":"en","value":text}]
  json::Value& Names(std::string_view text) {
    json::Value& name = tree_.Object();
    name.Append("lang", Text("en"));
    name.Append("value", Text(text));
    return ListOf(name);
  }
  json::Value& ListOf(json::Value& only) {
    json::Value& list = tree_.Array();
    list.Append(only);
    return list;
  }
  template <class Entries, class Make>
  json::Value& List(const Entries& entries, Make make) {
    json::Value& list = tree_.Array();
    for (const auto& entry : entries) list.Append(make(entry));
    return list;
  }

  // The keys of one role, with their certificates in the same order.
  json::Value& Identity(const std::vector<RegistryKey>& keys, const OrganisationId& id) {
    json::Value& identity = tree_.Object();
    if (keys.empty()) {
      identity.Append(lote::kOtherIds, ListOf(Text(id.text())));
      return identity;
    }
    AppendKeys(keys, identity);
    return identity;
  }
  void AppendKeys(const std::vector<RegistryKey>& keys, json::Value& identity) {
    json::Value& certificates = tree_.Array();
    for (const RegistryKey& key : keys) {
      if (key.certificate.empty()) continue;
      json::Value& certificate = tree_.Object();
      certificate.Append("val", Text(EncodeBase64(key.certificate)));
      certificates.Append(certificate);
    }
    if (certificates.size() > 0) identity.Append(lote::kCertificates, certificates);
    identity.Append(lote::kPublicKeys,
                    List(keys, [&](const RegistryKey& key) -> json::Value& { return MakeRegistryJwk(key, tree_); }));
  }

  json::Value& Service(RegistryService service, const RegistryOrganisation& organisation, const StateChange& state) {
    static const std::vector<RegistryKey> no_keys;
    const std::vector<RegistryKey>& keys = service == RegistryService::kIssue    ? organisation.issue_keys
                                           : service == RegistryService::kStatus ? organisation.status_keys
                                                                                 : no_keys;
    json::Value& information = tree_.Object();
    information.Append(lote::kServiceType, Text(std::string(lote::kServicePrefix) + std::string(WordOf(service))));
    information.Append(lote::kServiceName, Names(WordOf(service)));
    information.Append(lote::kIdentity, Identity(keys, organisation.id));
    information.Append(lote::kServiceStatus, Text(std::string(lote::kStatePrefix) + std::string(WordOf(state.state))));
    information.Append(lote::kStatusSince, Time(state.since));
    json::Value& entry = tree_.Object();
    entry.Append(lote::kService, information);
    return entry;
  }

  json::Value& Kind(const KindWindow& kind) {
    json::Value& entry = tree_.Object();
    entry.Append("vct", Text(kind.vct));
    entry.Append("from", Time(kind.from));
    AppendTime(entry, "until", kind.until);
    return entry;
  }
  json::Value& State(const StateChange& change) {
    json::Value& entry = tree_.Object();
    entry.Append("state", Text(WordOf(change.state)));
    entry.Append("since", Time(change.since));
    entry.Append("reason", Text(change.reason));
    return entry;
  }
  json::Value& Passing(const Succession& succession) {
    json::Value& entry = tree_.Object();
    entry.Append("kind", Text(WordOf(succession.kind)));
    entry.Append("successor", Text(succession.successor.text()));
    entry.Append("at", Time(succession.at));
    return entry;
  }

  json::Value& EntityExtension(const RegistryOrganisation& organisation) {
    json::Value& extension = tree_.Object();
    extension.Append("id", Text(organisation.id.text()));
    extension.Append("type", Text(organisation.type));
    extension.Append("valid_from", Time(organisation.valid_from));
    AppendTime(extension, "valid_until", organisation.valid_until);
    if (organisation.services.contains(RegistryService::kIssue)) {
      extension.Append("iss", Text(organisation.issuer));
      extension.Append("mechanism", Text(WordOf(organisation.mechanism)));
      extension.Append("kinds",
                       List(organisation.kinds, [&](const KindWindow& kind) -> json::Value& { return Kind(kind); }));
    }
    if (organisation.services.contains(RegistryService::kStatus))
      extension.Append("status_uri_prefix", Text(organisation.status_uri_prefix));
    extension.Append(
        "states", List(organisation.history, [&](const StateChange& change) -> json::Value& { return State(change); }));
    if (!organisation.successions.empty()) {
      extension.Append("successions", List(organisation.successions, [&](const Succession& succession) -> json::Value& {
                         return Passing(succession);
                       }));
    }
    return extension;
  }

  json::Value& Entity(const RegistryOrganisation& organisation, Instant at) {
    json::Value& information = tree_.Object();
    information.Append(lote::kEntityName, Names(organisation.legal_name));
    information.Append(lote::kEntityExtensions, ListOf(EntityExtension(organisation)));
    json::Value& entity = tree_.Object();
    entity.Append(lote::kEntityInformation, information);
    const StateChange& state = StateAt(organisation, at);
    entity.Append(lote::kEntityServices, List(organisation.services, [&](RegistryService service) -> json::Value& {
                    return Service(service, organisation, state);
                  }));
    return entity;
  }

  json::Value& Document(const RegistryDocument& document) {
    json::Value& entry = tree_.Object();
    entry.Append("kind", Text(WordOf(document.kind)));
    entry.Append("id", Text(document.id));
    entry.Append("version", tree_.Integer(document.version));
    entry.Append("path", Text(document.path));
    entry.Append("digest", Text(EncodeBase64Url(document.digest)));
    AppendTime(entry, "withdrawn_at", document.withdrawn_at);
    return entry;
  }

  json::Value& Authority(const IssuingAuthority& authority) {
    json::Value& entry = tree_.Object();
    entry.Append("certificate", Text(EncodeBase64(authority.certificate)));
    entry.Append(lote::kThumbprint, Text(EncodeBase64Url(Sha256(authority.certificate))));
    AppendTime(entry, "compromised_since", authority.compromised_since);
    return entry;
  }

  json::Value& KeyRole(const std::vector<RegistryKey>& keys) {
    json::Value& identity = tree_.Object();
    AppendKeys(keys, identity);
    return identity;
  }

  void AppendScheme(const RegistryContent& content, json::Value& scheme) {
    scheme.Append(lote::kVersion, tree_.Integer(1));
    scheme.Append(lote::kType, Text(lote::kTypeValue));
    scheme.Append(lote::kOperatorName, Names(content.operator_name));
    scheme.Append(lote::kApproach, Text(lote::kApproachValue));
    scheme.Append(lote::kTerritory, Text(lote::kTerritoryValue));
    scheme.Append(lote::kHistoryPeriod, tree_.Integer(lote::kHistoryPeriodValue));
    json::Value& extension = tree_.Object();
    extension.Append("registry_keys", KeyRole(content.registry_keys));
    extension.Append("receipt_keys", KeyRole(content.receipt_keys));
    extension.Append("issuing_authorities",
                     List(content.issuing_authorities,
                          [&](const IssuingAuthority& authority) -> json::Value& { return Authority(authority); }));
    extension.Append("documents", List(content.documents, [&](const RegistryDocument& document) -> json::Value& {
                       return Document(document);
                     }));
    scheme.Append(lote::kSchemeExtensions, ListOf(extension));
  }

  json::Value& Whole(const RegistryContent& content, json::Value& scheme) {
    json::Value& list = tree_.Object();
    list.Append(lote::kScheme, scheme);
    list.Append(lote::kEntities,
                List(content.organisations, [&](const RegistryOrganisation& organisation) -> json::Value& {
                  return Entity(organisation, content.issued_at);
                }));
    json::Value& whole = tree_.Object();
    whole.Append(lote::kLote, list);
    return whole;
  }

  json::Tree& tree_;
};

}  // namespace

std::string WriteSubstance(const RegistryContent& content) {
  json::Tree tree;
  return json::Write(Writer(tree).Substance(content));
}

Result<std::string> SignRegistry(const RegistryContent& content, KeyReference key, Signer& registry_key) {
  json::Tree tree;
  return SignJws(JwsHeader(kRegistryTyp, key), json::Write(Writer(tree).Payload(content)), registry_key);
}

}  // namespace passport
