#include "credential/trust/registry_json.h"

#include <algorithm>
#include <utility>

#include "credential/encoding/base64url.h"
#include "credential/trust/lote_names.h"
#include "credential/trust/registry_entity_json.h"
#include "credential/trust/registry_key_json.h"
#include "credential/trust/registry_members.h"

namespace passport {
namespace {

Fault JsonRefused(std::string_view what) { return RegistryRefused("TRUST-04", what); }

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
  TRY_ASSIGN(const RegistryMembers members,
             RegistryMembers::Of(entry, {"kind", "id", "version", "path", "digest", "withdrawn_at"}));
  TRY_ASSIGN(const std::string kind_word, members.Text("kind"));
  const std::optional<DocumentKind> kind = DocumentKindOf(kind_word);
  if (!kind) return JsonRefused("a document is of no known kind");
  RegistryDocument document{
      .kind = *kind, .id = {}, .version = 0, .path = {}, .digest = {}, .withdrawn_at = std::nullopt};
  TRY_ASSIGN(document.id, members.Text("id"));
  if (!IsDocumentId(*kind, document.id)) return JsonRefused("the id of a document is not one");
  TRY_ASSIGN(const std::int64_t version, members.Number("version", 1));
  if (version > kDocumentVersionMax) {
    return JsonRefused("the version of a document is not a whole number from 1 to 999999");
  }
  document.version = static_cast<int>(version);
  TRY_ASSIGN(document.path, members.Text("path"));
  if (!IsDocumentPath(document.path)) return JsonRefused("the path of a document leads out of the tree");
  TRY_ASSIGN(const std::string digest, members.Text("digest"));
  if (!DecodeBase64UrlInto(digest, document.digest).ok())
    return JsonRefused("the digest of a document is not a base64url SHA-256");
  TRY_ASSIGN(document.withdrawn_at, members.TimeIfThere("withdrawn_at"));
  return document;
}

Result<std::vector<RegistryKey>> ReadKeyRole(const RegistryMembers& extension, std::string_view name,
                                             CertificateUse use) {
  TRY_ASSIGN(const json::Value* const value, extension.Object(name));
  TRY_ASSIGN(const RegistryMembers role, RegistryMembers::Of(*value, {lote::kCertificates, lote::kPublicKeys}));
  return ReadRegistryKeys(role, use, {}, kRegistryReceiptKeysMax);
}

Result<void> ReadExtension(const json::Value& value, RegistryContent& content) {
  TRY_ASSIGN(const RegistryMembers members,
             RegistryMembers::Of(value, {"registry_keys", "receipt_keys", "issuing_authorities", "documents"}));
  TRY_ASSIGN(content.registry_keys, ReadKeyRole(members, "registry_keys", CertificateUse::kRegistry));
  TRY_ASSIGN(content.receipt_keys, ReadKeyRole(members, "receipt_keys", CertificateUse::kReceipt));
  TRY_ASSIGN(content.issuing_authorities,
             members.Entries<IssuingAuthority>("issuing_authorities", kRegistryAuthoritiesMax, ReadIssuingAuthority));
  TRY_ASSIGN(content.documents,
             members.Entries<RegistryDocument>("documents", kRegistryDocumentsMax, ReadDocumentEntry));
  return {};
}

Result<void> ReadScheme(const json::Value& value, RegistryContent& content) {
  TRY_ASSIGN(const RegistryMembers scheme,
             RegistryMembers::Of(value, {lote::kVersion, lote::kSequence, lote::kType, lote::kOperatorName,
                                         lote::kApproach, lote::kTerritory, lote::kHistoryPeriod, lote::kIssuedAt,
                                         lote::kNextUpdate, lote::kSchemeExtensions}));
  TRY_ASSIGN(const std::int64_t version, scheme.Number(lote::kVersion, 1));
  if (version != 1) return JsonRefused("the version of the format is not 1");
  TRY(scheme.Exactly(lote::kType, lote::kTypeValue));
  TRY(scheme.Exactly(lote::kApproach, lote::kApproachValue));
  TRY(scheme.Exactly(lote::kTerritory, lote::kTerritoryValue));
  TRY_ASSIGN(const std::int64_t period, scheme.Number(lote::kHistoryPeriod, lote::kHistoryPeriodValue));
  if (period != lote::kHistoryPeriodValue) return JsonRefused("the period of history is not 65535");
  TRY_ASSIGN(const std::int64_t sequence, scheme.Number(lote::kSequence, 1));
  content.sequence = static_cast<std::uint64_t>(sequence);
  TRY_ASSIGN(content.operator_name, scheme.Name(lote::kOperatorName));
  TRY_ASSIGN(content.issued_at, scheme.Time(lote::kIssuedAt));
  TRY_ASSIGN(content.next_update, scheme.Time(lote::kNextUpdate));
  TRY_ASSIGN(const json::Value* const extension, scheme.OnlyOne(lote::kSchemeExtensions));
  return ReadExtension(*extension, content);
}

}  // namespace

Result<RegistryContent> ReadRegistryPayload(const json::Value& payload) {
  TRY_ASSIGN(const RegistryMembers whole, RegistryMembers::Of(payload, {lote::kLote}));
  TRY_ASSIGN(const json::Value* const value, whole.Object(lote::kLote));
  TRY_ASSIGN(const RegistryMembers list, RegistryMembers::Of(*value, {lote::kScheme, lote::kEntities}));
  RegistryContent content;
  TRY_ASSIGN(const json::Value* const scheme, list.Object(lote::kScheme));
  TRY(ReadScheme(*scheme, content));
  const auto read = [&](const json::Value& entity) { return ReadRegistryEntity(entity, content.issued_at); };
  TRY_ASSIGN(content.organisations,
             list.Entries<RegistryOrganisation>(lote::kEntities, kRegistryOrganisationsMax, read));
  return content;
}

}  // namespace passport
