// The keys one organisation uses for one purpose, and which of them a token may be checked with.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"

namespace passport {

class KeySet {
 public:
  // How many keys are tried for a token that names none (SDVC-08).
  static constexpr std::size_t kTriesMax = 4;

  KeySet() = default;
  // A JSON array of JWKs. A key we can not use (RSA, another curve) stays as an obstacle: a token that names it is
  // refused, never checked with a namesake. Fails with kKey when it is not an array, holds something other than
  // objects, or a private part.
  static Result<KeySet> Read(const json::Value& jwks);

  // One JWK that checks a token whatever `kid` the token names: for a key that was handed over for this very token.
  // Fails as Read does.
  static Result<KeySet> ReadOne(const json::Value& jwk);

  void Add(std::string kid, PublicKey key);
  void Remove(const PublicKey& key);  // under whatever name
  bool Holds(const PublicKey& key) const;
  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }

  // Verifies with the one key the token's `kid` names. If the token names none, all keys are tried, kTriesMax at most.
  // Fails with kKey when the name fits no key, more than one, or one that can not be used; with kSig when the signature
  // does not match.
  Result<VerifiedJws> Verify(const UnverifiedJws& token) const { return Verify(token, nullptr); }
  // The same for keys that a registry lists, with what is remembered of them; null: nothing is.
  Result<VerifiedJws> Verify(const UnverifiedJws& token, const KnownIssuers* memory) const;

 private:
  struct Entry {
    std::string kid;               // may be empty
    std::optional<PublicKey> key;  // nothing: unusable
  };
  std::vector<Entry> entries_;
  bool any_name_ = false;  // made by ReadOne
};

}  // namespace passport
