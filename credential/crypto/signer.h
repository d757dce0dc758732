// What can sign for somebody: a key of the file store, of a hardware module, of a holder.
#pragma once

#include "credential/crypto/p256.h"

namespace passport {

// Any thread may call.
class Signer {
 public:
  virtual ~Signer() = default;
  // ES256 over the SHA-256 of a JWS signing input. Fails with kSigning or kKeyState; then nothing was released.
  virtual Result<Signature> Sign(const Digest& signing_input_digest) = 0;
  virtual const PublicKey& public_key() const = 0;
};

}  // namespace passport
