// The holder's proof at the end of an SD-JWT+KB (RFC 9901, 4.3 and 7.3): who made it, for whom, when, over which bytes.
//
// Any thread may call; a tree belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "credential/crypto/p256.h"
#include "credential/encoding/json.h"
#include "credential/sdjwt/sd_jwt.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// How far ahead of ours a holder's clock may be (KB-05).
inline constexpr Seconds kProofAheadMax{60};

// The presentation must be bound to this challenge. Consuming the nonce is the caller's (KB-06).
struct RequireKeyBinding {
  std::string_view audience;  // compared byte for byte
  std::string_view nonce;     // compared byte for byte
  Seconds proof_age_max;
};
// Whoever holds the token may show it. A proof that is there all the same is verified as far as it can be (KB-11), its
// age too where one is given.
struct NoKeyBinding {
  std::optional<Seconds> proof_age_max = std::nullopt;
};
using KeyBinding = std::variant<RequireKeyBinding, NoKeyBinding>;

// A proof that holds.
struct KeyBindingProof {
  P256Point holder;           // the key in `cnf` that made it
  Instant made_at;            // its `iat`
  const json::Value* claims;  // of the KB-JWT; lives in the tree
};

// What a proof is judged against.
struct KeyBindingTerms {
  const KeyBinding& policy;
  Instant now;
  Seconds leeway;  // for exp and nbf of the KB-JWT
  std::span<const std::string_view> allowed_algs;
  const SdJwtLimits& limits;
};

// KB-10: fails with kConfig when a proof is required and the caller brought no nonce or no audience.
Result<void> CheckKeyBindingPolicy(const KeyBinding& policy);

// KB-02: the holder's key out of `cnf.jwk` of verified claims. Fails with kKbKey; nothing is ever fetched.
Result<P256Point> ReadHolderKey(const json::Value& claims);

// KB-02 to KB-09. `claims` are the verified, processed claims of the SD-JWT, `bound` the bytes before the KB-JWT.
// Header members jwk, kid and x5c never select the key. Fails with kKbKey, kKbTyp, kKbSig, kKbTime, kKbNonce, kKbAud,
// kKbHash, kAlg, kCrit, kMalformed or kLimit.
Result<KeyBindingProof> VerifyKeyBinding(std::string_view key_binding_jwt, std::string_view bound,
                                         const json::Value& claims, const KeyBindingTerms& terms, json::Tree& tree);

}  // namespace passport
