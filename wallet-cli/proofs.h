// The two ways a person proves a call (docs/access.md).
#pragma once

#include <functional>

#include "credential/crypto/signer.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/random.h"
#include "keys/secret.h"
#include "wallet-cli/online/call_proof.h"

namespace passport {

// By the holder key (docs/formats/holder-proof.md). What it refers to outlives it.
class KeyProof final : public CallProof {
 public:
  KeyProof(Signer& key, const std::function<Instant()>& clock, Random& random)
      : key_(key), clock_(clock), random_(random) {}
  Result<Metadata> For(std::string_view service, std::string_view path, std::string_view request) override;

 private:
  Signer& key_;
  const std::function<Instant()>& clock_;
  Random& random_;
};

// By the passport code, or the code of a session.
class CodeProof final : public CallProof {
 public:
  explicit CodeProof(const Secret& code) : code_(code) {}
  Result<Metadata> For(std::string_view service, std::string_view path, std::string_view request) override;

 private:
  const Secret& code_;
};

}  // namespace passport
