// Verifies an SD-JWT or SD-JWT+KB in the exact order of RFC 9901, 7.
//
// All or nothing: claims come out only after every check has passed (SDJWT-20, JWT-15).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/crypto/key_set.h"
#include "credential/encoding/json.h"
#include "credential/sdjwt/disclose.h"
#include "credential/sdjwt/key_binding.h"
#include "credential/sdjwt/sd_jwt.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// What a verifier insists on. Nothing has a default.
struct SdJwtExpectation {
  Instant now;
  Seconds leeway;  // for exp, nbf and iat of the credential and of its proof
  std::span<const std::string_view> allowed_algs;
  // Exact `typ` of the issuer-signed JWT. Empty: left to the caller, but the kinds of other tokens of ours (kb+jwt,
  // statuslist+jwt, dsp-...) are refused all the same (JWT-14).
  std::string_view typ;
  KeyBinding key_binding;
  const SdJwtLimits& limits;
};

// A credential that holds. All values live in the tree it was read into.
struct VerifiedSdJwt {
  const json::Value* header;
  json::Value* claims;          // processed: disclosed claims in place, machinery gone
  Digest signing_input_digest;  // identity of the credential; the signature is not part of it
  DisclosureReport report;
  std::optional<KeyBindingProof> key_binding;  // set whenever there was a KB-JWT
};

// Finds the issuer's key for a token (by issuer() and kid(), among trusted keys) and verifies with it.
class IssuerKeys {
 public:
  virtual ~IssuerKeys() = default;
  // Fails with kIssuer, kKey or kSig. Called once for each token, by the thread that verifies it.
  virtual Result<VerifiedJws> Verify(const UnverifiedJws& token) = 0;
};

// One issuer, known beforehand. `keys` must outlive it.
class FixedKeys final : public IssuerKeys {
 public:
  explicit FixedKeys(const KeySet& keys) : keys_(keys) {}
  Result<VerifiedJws> Verify(const UnverifiedJws& token) override { return keys_.Verify(token); }

 private:
  const KeySet& keys_;
};

// Rules of the layer above (SD-JWT VC, kinds of credential): required and protected claims.
class ClaimRules {
 public:
  virtual ~ClaimRules() = default;
  // Runs after the disclosures are in place and before times, audience and key binding; `token.key_binding` is not yet
  // set. A fault becomes the verifier's answer.
  virtual Result<void> Check(const VerifiedSdJwt& token) = 0;
};

// Verifies `token`. `rules` may be null. The token must outlive the call only; what comes out lives in `tree`.
// Order: kConfig for missing expectations (KB-10); shape; kKbMissing (KB-01); issuer-signed JWT; disclosures; `rules`;
// times and audience; key binding.
Result<VerifiedSdJwt> VerifySdJwt(std::string_view token, const SdJwtExpectation& expected, IssuerKeys& issuer_keys,
                                  ClaimRules* rules, json::Tree& tree);

}  // namespace passport
