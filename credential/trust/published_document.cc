#include "credential/trust/published_document.h"

#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"

namespace passport {
namespace {

Fault NotTheOne(std::string_view what) { return {Reason::kRegistry, "TRUST-01", "document: " + std::string(what)}; }

std::string_view TypOf(DocumentKind kind) { return kind == DocumentKind::kTaxonomy ? kTaxonomyTyp : kRoleProfileTyp; }

// What a document says is judged by whoever reads it; here it has to be JSON of a bounded size.
constexpr json::Limits kDocumentJson{
    .bytes = kPublishedDocumentBytesMax, .depth = 32, .nodes = 500'000, .string_bytes = 64 * 1024, .members = 10'000};

}  // namespace

std::string_view WordOf(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kTaxonomy:
      return "taxonomy";
    case DocumentKind::kRoleProfile:
      return "role_profile";
    case DocumentKind::kType:
      return "type";
  }
  return "";
}

std::optional<DocumentKind> DocumentKindOf(std::string_view word) {
  for (const DocumentKind kind : {DocumentKind::kTaxonomy, DocumentKind::kRoleProfile, DocumentKind::kType}) {
    if (WordOf(kind) == word) return kind;
  }
  return std::nullopt;
}

Result<std::string> SignDocument(DocumentKind kind, std::string_view text, KeyReference key, Signer& registry_key) {
  if (text.size() > kPublishedDocumentBytesMax) return Fault{Reason::kLimit, "", "document: longer than 1 MiB"};
  if (kind == DocumentKind::kType) return std::string(text);
  return SignJws(JwsHeader(TypOf(kind), key), text, registry_key);
}

Result<std::string> ReadDocument(std::string_view file, const RegistryDocument& listed, const KeySet& pinned) {
  std::string text;
  if (listed.kind == DocumentKind::kType) {
    if (file.size() > kPublishedDocumentBytesMax) return NotTheOne("longer than 1 MiB");
    text = file;
  } else {
    json::Tree tree;
    const JwsRules rules{.typ = TypOf(listed.kind),
                         .allowed_algs = Es256Only(),
                         .token_bytes = Base64UrlLength(kPublishedDocumentBytesMax) + 2 * kHeaderBytesMax,
                         .header_bytes = kHeaderBytesMax,
                         .payload = kDocumentJson};
    const Result<UnverifiedJws> token = UnverifiedJws::Read(file, rules, tree);
    if (!token.ok()) return NotTheOne(token.fault().detail);
    const Result<VerifiedJws> verified = pinned.Verify(*token);
    if (!verified.ok()) return NotTheOne(verified.fault().detail);
    const std::size_t start = file.find('.') + 1;
    if (!DecodeBase64Url(file.substr(start, file.rfind('.') - start), text).ok()) return NotTheOne("not base64url");
  }
  if (Sha256(text) != listed.digest) return NotTheOne("not the one that the registry lists");
  return text;
}

}  // namespace passport
