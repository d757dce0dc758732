// A credential: a signed record, one fact each, as an SD-JWT VC (docs/formats/credential.md).
//
// The types are the way: a Record is prepared, signed once, checked against the key the registry publishes, and only
// then is it a Credential that may leave. Nothing is signed unchecked or twice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jws.h"
#include "credential/crypto/signer.h"
#include "credential/record/record.h"
#include "credential/sdjwt/issue.h"
#include "credential/status/status_reference.h"
#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/random.h"

namespace passport {

inline constexpr std::string_view kCredentialTyp = "dc+sd-jwt";

// What stands around the fact.
struct CredentialTerms {
  std::string issuer;      // `iss`
  P256Point holder;        // `cnf.jwk`
  StatusReference status;  // its own slot
  Instant issued_at;
  Instant expires_at;              // an upper bound; the receiver's rule decides (design decision 2)
  HeldAs held_as = HeldAs::kKept;  // `held_as`: where the holder's key is (design decision 13)
};

// Checked and laid out, not yet signed. Moves, never copies.
class PreparedCredential {
 public:
  // Fails with kTime unless issued_at < expires_at, and as PrepareSdJwt does.
  static Result<PreparedCredential> Prepare(const Record& record, const CredentialTerms& terms, Random& random);
  PreparedCredential(PreparedCredential&&) = default;
  PreparedCredential& operator=(PreparedCredential&&) = default;
  PreparedCredential(const PreparedCredential&) = delete;
  PreparedCredential& operator=(const PreparedCredential&) = delete;

 private:
  friend Result<class SignedCredential> IssueCredential(PreparedCredential prepared, KeyReference key, Signer& signer);
  PreparedCredential(json::Tree tree, PreparedSdJwt body) : tree_(std::move(tree)), body_(std::move(body)) {}
  json::Tree tree_;
  PreparedSdJwt body_;
};

// A credential that may be handed on. The text is the SD-JWT VC with all disclosures.
class Credential {
 public:
  const std::string& text() const { return text_; }
  const CredentialId& id() const { return id_; }

 private:
  friend class SignedCredential;
  Credential(std::string text, CredentialId id) : text_(std::move(text)), id_(std::move(id)) {}
  std::string text_;
  CredentialId id_;
};

// Signed, and not yet known to verify: a fault in signing must not leave the house.
class SignedCredential {
 public:
  // Verifies the signature with the key that receivers will use. Fails with kSigning; the credential is gone then.
  Result<Credential> Release(const PublicKey& published) &&;

 private:
  friend Result<SignedCredential> IssueCredential(PreparedCredential prepared, KeyReference key, Signer& signer);
  explicit SignedCredential(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Signs. Fails as the signer does; then nothing was released.
Result<SignedCredential> IssueCredential(PreparedCredential prepared, KeyReference key, Signer& signer);

// The identity of a credential from the digest of its signing input.
CredentialId CredentialIdOf(const Digest& signing_input_digest);

}  // namespace passport
