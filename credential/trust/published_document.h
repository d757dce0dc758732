// Rules that the registry puts in force: taxonomies and role profiles, each version a signed file of its own, named
// with its digest by the registry (docs/formats/published-tree.md). A file that the registry does not name proves
// nothing, however well it is signed; so an old version can not be put back in its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/crypto/key_set.h"
#include "credential/crypto/sha256.h"
#include "credential/crypto/signer.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::string_view kRoleProfileTyp = "dsp-role-profile+jwt";
inline constexpr std::string_view kTaxonomyTyp = "dsp-taxonomy+jwt";
inline constexpr std::size_t kPublishedDocumentBytesMax = 1024 * 1024;  // of the text
inline constexpr int kDocumentVersionMax = 999'999;

enum class DocumentKind : std::uint8_t { kTaxonomy, kRoleProfile, kType };
// "taxonomy", "role_profile", "type".
std::string_view WordOf(DocumentKind kind);
std::optional<DocumentKind> DocumentKindOf(std::string_view word);

// One line of the registry's list of documents.
struct RegistryDocument {
  DocumentKind kind;
  std::string id;  // "community-nurse"; of a type its vct
  int version = 0;
  std::string path;  // in the published tree: "profiles/community-nurse/3.jwt"
  Digest digest{};   // SHA-256 of the document's text (the payload; of a type, the file)
  std::optional<Instant> withdrawn_at;
};

// The file to publish: the text (a JSON object) signed; of a type the text as it is, because readers elsewhere fetch it
// as plain JSON and the registry's digest is what proves it. Fails with kLimit past kPublishedDocumentBytesMax, and as
// the signer does.
Result<std::string> SignDocument(DocumentKind kind, std::string_view text, KeyReference key, Signer& registry_key);

// The text of a published file, if the pinned registry key signed it and it is the one the registry lists. Fails
// with kRegistry (TRUST-01) otherwise.
Result<std::string> ReadDocument(std::string_view file, const RegistryDocument& listed, const KeySet& pinned);

}  // namespace passport
