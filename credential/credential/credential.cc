#include "credential/credential/credential.h"

#include <utility>

#include "credential/credential/vc_claims.h"
#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "credential/sdjwt/sd_jwt.h"

namespace passport {

Result<PreparedCredential> PreparedCredential::Prepare(const Record& record, const CredentialTerms& terms,
                                                       Random& random) {
  if (terms.expires_at <= terms.issued_at) return Fault{Reason::kTime, "", "expires_at is not after issued_at"};
  json::Tree tree;
  json::Value& claims = tree.Object();
  claims.Append("iss", tree.String(terms.issuer));
  claims.Append("iat", tree.Integer(terms.issued_at.seconds));
  claims.Append("exp", tree.Integer(terms.expires_at.seconds));
  claims.Append("vct", tree.String(record.kind().vct));
  json::Value& confirmation = tree.Object();
  confirmation.Append("jwk", MakeJwk(terms.holder, tree));
  claims.Append("cnf", confirmation);
  WriteStatusReference(terms.status, tree, claims);
  claims.Append(kHeldAsClaim, tree.String(std::string(WordOf(terms.held_as))));
  Selection selection;
  for (const Fact& fact : record.facts()) {
    claims.Append(fact.rule->name, Record::ToJson(fact, tree));
    if (fact.rule->showing == Showing::kByChoice) selection.disclosable.push_back({std::string(fact.rule->name)});
  }
  TRY_ASSIGN(PreparedSdJwt body, PrepareSdJwt(claims, selection, random, tree));
  return PreparedCredential(std::move(tree), std::move(body));
}

Result<SignedCredential> IssueCredential(PreparedCredential prepared, KeyReference key, Signer& signer) {
  TRY_ASSIGN(std::string text, SignSdJwt(prepared.body_, JwsHeader(kCredentialTyp, key), signer));
  return SignedCredential(std::move(text));
}

Result<Credential> SignedCredential::Release(const PublicKey& published) && {
  const std::string_view jwt = std::string_view(text_).substr(0, text_.find('~'));
  const std::size_t dot = jwt.rfind('.');
  if (dot == std::string_view::npos) return Fault{Reason::kSigning, "", "what was signed is no token"};
  Signature signature;
  const Digest digest = Sha256(jwt.substr(0, dot));
  if (!DecodeBase64UrlInto(jwt.substr(dot + 1), signature).ok() || !published.Verify(digest, signature)) {
    return Fault{Reason::kSigning, "", "the signature does not verify with the published key"};
  }
  return Credential(std::move(text_), CredentialIdOf(digest));
}

CredentialId CredentialIdOf(const Digest& signing_input_digest) {
  Result<CredentialId> id = CredentialId::Parse(EncodeBase64Url(signing_input_digest));
  assert(id.ok());
  return *id;
}

}  // namespace passport
