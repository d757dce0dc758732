// A JWS whose every part can be wrong.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "keys/private_key.h"

namespace passport {

inline constexpr std::string_view kGoodHeader = R"({"alg":"ES256","typ":"test+jwt","kid":"1"})";
inline constexpr std::string_view kGoodPayload = R"({"iss":"https://issuer.example","sub":"x"})";

inline JwsRules TestRules() {
  return {.typ = "test+jwt",
          .allowed_algs = Es256Only(),
          .token_bytes = 256 * 1024,
          .header_bytes = kHeaderBytesMax,
          .payload = json::kTokenLimits};
}

inline PrivateKey NewKey() {
  Result<PrivateKey> key = PrivateKey::Generate();
  EXPECT_TRUE(key.ok());
  return std::move(key).value();
}

// A key for tests that do not care which.
inline PrivateKey& SomeKey() {
  static PrivateKey key = NewKey();
  return key;
}

inline std::string Compact(std::string_view header, std::string_view payload, std::span<const std::uint8_t> signature) {
  return EncodeBase64Url(header) + "." + EncodeBase64Url(payload) + "." + EncodeBase64Url(signature);
}

inline Signature SignatureOver(std::string_view header, std::string_view payload, PrivateKey& key) {
  const Result<Signature> signature = key.Sign(Sha256(EncodeBase64Url(header) + "." + EncodeBase64Url(payload)));
  EXPECT_TRUE(signature.ok());
  return *signature;
}

// Correctly signed, whatever the texts are.
inline std::string Signed(std::string_view header, std::string_view payload = kGoodPayload,
                          PrivateKey& key = SomeKey()) {
  return Compact(header, payload, SignatureOver(header, payload, key));
}

// Reads and verifies. The fault, or nothing when the token holds.
inline std::optional<Fault> FaultOf(std::string_view token, const PublicKey& key, const JwsRules& rules = TestRules()) {
  json::Tree tree;
  Result<UnverifiedJws> read = UnverifiedJws::Read(token, rules, tree);
  if (!read.ok()) return std::move(read).fault();
  Result<VerifiedJws> verified = read->Verify(key);
  if (!verified.ok()) return std::move(verified).fault();
  return std::nullopt;
}

}  // namespace passport
