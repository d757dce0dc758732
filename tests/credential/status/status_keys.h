// One status key, and what a verifier that trusts it insists on.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/status/status_token.h"
#include "keys/private_key.h"

namespace passport {

inline constexpr Instant kNow{1795300000};
inline constexpr std::string_view kUri = "https://status.example/lists/1";

inline PrivateKey NewKey() {
  Result<PrivateKey> key = PrivateKey::Generate();
  EXPECT_TRUE(key.ok());
  return std::move(key).value();
}
inline PrivateKey& Key() {
  static PrivateKey key = NewKey();
  return key;
}
inline const KeySet& Keys() {
  static const KeySet keys = [] {
    KeySet made;
    made.Add("status-1", Key().public_key());
    return made;
  }();
  return keys;
}

inline StatusTokenRules Rules() {
  return {.now = kNow,
          .leeway = Seconds{60},
          .allowed_algs = Es256Only(),
          .token_bytes = kStatusTokenBytesMax,
          .inflated_bytes = kStatusInflatedBytesMax};
}

}  // namespace passport
