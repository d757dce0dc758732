// Compact JWS (RFC 7515) signed with ES256, and the checks every token of ours passes first (docs/checks.md, JWT-*).
//
// Reading and verifying are two steps with two types: an UnverifiedJws shows only what is needed to find the key
// (`kid`, and the `iss` claim); header and payload come out of Verify() alone (JWT-15).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "credential/crypto/p256.h"
#include "credential/crypto/signer.h"
#include "credential/encoding/json.h"

namespace passport {

class KnownIssuers;

inline constexpr std::string_view kEs256 = "ES256";

// What one kind of token insists on.
struct JwsRules {
  std::string_view typ;                            // exact value; empty: judged by the caller after verification
  std::span<const std::string_view> allowed_algs;  // of which ES256 is the only one that can verify
  std::size_t token_bytes;                         // caps, checked before anything is decoded
  std::size_t header_bytes;                        // decoded
  json::Limits payload;                            // decoded; `bytes` is the cap of the payload
};
inline constexpr std::size_t kHeaderBytesMax = 16 * 1024;
// The only algorithm list of our own tokens.
std::span<const std::string_view> Es256Only();

// What is known once the signature holds. The values live in the tree the token was read into.
struct VerifiedJws {
  json::Value* header;
  json::Value* payload;
  Digest signing_input_digest;  // identity of the token; the signature is not part of it
  P256Point key;                // that the signature holds under
};

class UnverifiedJws {
 public:
  // Splits and decodes (JWT-01 to JWT-03), and judges alg, crit, typ and the type of kid (JWT-04, -05, -07, -09).
  // `token` must outlive the result. Fails with kLimit, kMalformed, kAlg, kCrit, kTyp or kKey.
  static Result<UnverifiedJws> Read(std::string_view token, const JwsRules& rules, json::Tree& tree);

  // Selects among keys that are already trusted; untrusted input, never a file name or an address. Empty if absent.
  std::string_view kid() const { return kid_; }
  // The `iss` claim, to look up whose keys to try; nothing when it is absent or not a string.
  std::optional<std::string_view> issuer() const;
  // True if there is an `iss`, of whatever type.
  bool has_issuer() const;
  // SHA-256 of the signing input: names the token before it is verified.
  const Digest& signing_input_digest() const { return digest_; }

  // JWT-08: exactly 64 bytes that verify over the received bytes. Fails with kSig, or kKey if the point is no key.
  Result<VerifiedJws> Verify(const PublicKey& key) const { return Verify(key, nullptr); }
  // The same for a key that a registry lists, with what is remembered of it; null: nothing is.
  Result<VerifiedJws> Verify(const PublicKey& key, const KnownIssuers* memory) const;
  Result<VerifiedJws> VerifyOnce(const P256Point& key) const;

 private:
  UnverifiedJws() = default;
  json::Value* header_ = nullptr;
  json::Value* payload_ = nullptr;
  std::string_view kid_;
  Digest digest_{};
  Signature signature_{};
  bool signature_has_64_bytes_ = false;
};

// The text of the first certificate that a header carries, not judged in any way; empty: it carries none.
std::string_view FirstOfX5c(const json::Value& header);

// Signs a payload: header . payload . signature. `header` and `payload` are JSON texts. Fails as the signer does.
Result<std::string> SignJws(std::string_view header, std::string_view payload, Signer& signer);
// How a header names the key it was signed with: by its id, and by its certificates where it has any. Refers to what it
// was made of.
struct KeyReference {
  KeyReference(std::string_view id) : kid(id) {}    // NOLINT(google-explicit-constructor): a key id is one
  KeyReference(const std::string& id) : kid(id) {}  // NOLINT(google-explicit-constructor)
  KeyReference(const char* id) : kid(id) {}         // NOLINT(google-explicit-constructor)
  KeyReference(std::string_view id, std::span<const std::string> certificates_der) : kid(id), x5c(certificates_der) {}
  std::string_view kid;
  std::span<const std::string> x5c;  // DER, the leaf first, without the root
};

// {"alg":"ES256","typ":typ,"kid":kid}, and "x5c" (RFC 7515, 4.1.6) when the key has certificates.
std::string JwsHeader(std::string_view typ, KeyReference key);

}  // namespace passport
