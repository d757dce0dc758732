#include "credential/trust/registry_json.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"

namespace passport {

Fault RegistryRefused(std::string_view check, std::string_view what) {
  return {Reason::kRegistry, check, "registry: " + std::string(what)};
}

namespace {

Fault Refused(std::string_view check, std::string_view what) { return RegistryRefused(check, what); }

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

Result<RegistryKey> ReadKey(const json::Value& jwk) {
  const Result<std::string_view> kid = ReadKid(jwk);
  const Result<PublicKey> key = ReadJwk(jwk);
  if (!kid.ok() || kid->empty() || !key.ok()) return Refused("TRUST-04", "a key is not a named P-256 JWK");
  return RegistryKey{std::string(*kid), *key};
}

Result<std::vector<RegistryKey>> ReadKeys(const json::Value& jwks) {
  std::vector<RegistryKey> keys;
  for (const json::Value& jwk : jwks) {
    TRY_ASSIGN(RegistryKey key, ReadKey(jwk));
    keys.push_back(std::move(key));
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

constexpr std::size_t kDocumentIdBytesMax = 200;
constexpr std::size_t kDocumentPathBytesMax = 200;

// A type is named by its vct; rules by 1 to 64 of a-z, 0-9 and '-', as their own texts are.
bool IsDocumentId(DocumentKind kind, std::string_view id) {
  constexpr std::size_t kRuleIdBytesMax = 64;
  const auto in_rule_id = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  const auto in_vct = [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; };
  if (kind == DocumentKind::kType)
    return !id.empty() && id.size() <= kDocumentIdBytesMax && std::all_of(id.begin(), id.end(), in_vct);
  return !id.empty() && id.size() <= kRuleIdBytesMax && std::all_of(id.begin(), id.end(), in_rule_id);
}

// A file below the published tree: names of letters, digits, '-', '_' and '.', none of which begins with '.'.
bool IsDocumentPath(std::string_view path) {
  if (path.empty() || path.size() > kDocumentPathBytesMax) return false;
  bool at_start = true;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-' && c != '_' && c != '.' && c != '/') return false;
    if (at_start && (c == '.' || c == '/')) return false;
    at_start = c == '/';
  }
  return !at_start;
}

Result<RegistryDocument> ReadDocumentEntry(const json::Value& entry) {
  const Fields fields(entry);
  TRY(fields.Only({"kind", "id", "version", "path", "digest", "withdrawn_at"}));
  TRY_ASSIGN(const std::string kind_word, fields.Text("kind"));
  const std::optional<DocumentKind> kind = DocumentKindOf(kind_word);
  if (!kind) return Refused("TRUST-04", "a document is of no known kind");
  RegistryDocument document{
      .kind = *kind, .id = {}, .version = 0, .path = {}, .digest = {}, .withdrawn_at = std::nullopt};
  TRY_ASSIGN(document.id, fields.Text("id"));
  if (!IsDocumentId(*kind, document.id)) return Refused("TRUST-04", "the id of a document is not one");
  const json::Value* version = entry.Find("version");
  const auto number = version == nullptr ? std::nullopt : version->integer();
  if (!number || *number < 1 || *number > kDocumentVersionMax)
    return Refused("TRUST-04", "the version of a document is not a whole number from 1 to 999999");
  document.version = static_cast<int>(*number);
  TRY_ASSIGN(document.path, fields.Text("path"));
  if (!IsDocumentPath(document.path)) return Refused("TRUST-04", "the path of a document leads out of the tree");
  TRY_ASSIGN(const std::string digest, fields.Text("digest"));
  if (!DecodeBase64UrlInto(digest, document.digest).ok())
    return Refused("TRUST-04", "the digest of a document is not a base64url SHA-256");
  if (entry.Find("withdrawn_at") != nullptr) {
    TRY_ASSIGN(document.withdrawn_at, fields.Time("withdrawn_at"));
  }
  return document;
}

Result<RegistryReceiptKey> ReadReceiptKey(const json::Value& entry) {
  const Fields fields(entry);
  TRY(fields.Only({"key", "valid_from", "valid_until"}));
  const json::Value* jwk = entry.Find("key");
  if (jwk == nullptr) return Refused("TRUST-04", "key is missing or of another type");
  TRY_ASSIGN(RegistryKey key, ReadKey(*jwk));
  TRY_ASSIGN(const Instant valid_from, fields.Time("valid_from"));
  RegistryReceiptKey receipt_key{.key = std::move(key), .valid_from = valid_from, .valid_until = std::nullopt};
  if (entry.Find("valid_until") != nullptr) {
    TRY_ASSIGN(receipt_key.valid_until, fields.Time("valid_until"));
    if (*receipt_key.valid_until <= valid_from)
      return Refused("TRUST-04", "valid_until of a receipt key is not after its valid_from");
  }
  return receipt_key;
}

// One array of entries, each read by `read`; an absent one is empty where yesterday's registries have none.
template <class Entry>
Result<std::vector<Entry>> ReadEntries(const json::Value* array, std::string_view name, std::size_t entries_max,
                                       Result<Entry> (*read)(const json::Value&)) {
  std::vector<Entry> entries;
  if (array == nullptr) return entries;
  if (!array->is_array()) return Refused("TRUST-04", std::string(name) + " is missing or of another type");
  if (array->size() > entries_max) return Fault{Reason::kLimit, "TRUST-04", "registry: too many " + std::string(name)};
  entries.reserve(array->size());
  for (const json::Value& value : *array) {
    TRY_ASSIGN(Entry entry, read(value));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

Result<RegistryContent> ReadRegistryPayload(const json::Value& payload) {
  const Fields fields(payload);
  TRY(fields.Only({"version", "sequence", "issued_at", "next_update", "organisations", "documents", "receipt_keys"}));
  const json::Value* version = payload.Find("version");
  if (version == nullptr || version->integer() != 1) return Refused("TRUST-04", "version is not 1");
  RegistryContent content;
  TRY_ASSIGN(const Instant sequence, fields.Time("sequence"));
  content.sequence = static_cast<std::uint64_t>(sequence.seconds);
  TRY_ASSIGN(content.issued_at, fields.Time("issued_at"));
  TRY_ASSIGN(content.next_update, fields.Time("next_update"));
  TRY_ASSIGN(const json::Value* const organisations, fields.Array("organisations"));
  TRY_ASSIGN(content.organisations, ReadEntries<RegistryOrganisation>(organisations, "organisations",
                                                                      kRegistryOrganisationsMax, ReadOrganisation));
  TRY_ASSIGN(content.documents, ReadEntries<RegistryDocument>(payload.Find("documents"), "documents",
                                                              kRegistryDocumentsMax, ReadDocumentEntry));
  TRY_ASSIGN(content.receipt_keys, ReadEntries<RegistryReceiptKey>(payload.Find("receipt_keys"), "receipt_keys",
                                                                   kRegistryReceiptKeysMax, ReadReceiptKey));
  return content;
}

}  // namespace passport
