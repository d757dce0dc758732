// The weaker question: is this an SD-JWT that the owner of a given key signed?
//
// RFC 9901 and the signature, and for SD-JWT VCs what their claims must hold whoever issued them. Nobody says whether
// the signer may issue such a thing, and status is not looked at.
#pragma once

#include <string_view>

#include "credential/crypto/key_set.h"
#include "credential/sdjwt/verify.h"
#include "verifier-cli/token/verdict.h"

namespace passport {

// One JWK, with which a token of any `kid` is checked, or a JWK set {"keys": [...]}, in which `kid` chooses. Fails with
// kConfig for another shape, kKey for a key that is not a public one.
Result<KeySet> ReadIssuerKeys(const json::Value& value);

struct KeyQuestion {
  KeyBinding key_binding;
  Instant now;
  Seconds leeway;
};

// Any thread may call.
TokenVerdict VerifyWithKey(std::string_view token, const KeySet& keys, const KeyQuestion& question);

}  // namespace passport
