// A P-256 private key in memory.
#pragma once

#include <memory>
#include <vector>

#include "credential/crypto/signer.h"
#include "keys/secret.h"

namespace passport {

// Signs with ES256 through OpenSSL's EVP interface (hedged nonces of its default generator). Moves, never copies, never
// prints. Any thread may sign.
class PrivateKey final : public Signer {
 public:
  // Fails with kSigning when the crypto library can not.
  static Result<PrivateKey> Generate();
  // PKCS#8 DER, unencrypted, as the key store keeps it inside its seal. Fails with kKeyStore unless it is one P-256
  // key.
  static Result<PrivateKey> FromPkcs8(const Secret& der);
  Result<Secret> ToPkcs8() const;
  // "-----BEGIN PRIVATE KEY-----": the same, unencrypted, for a TLS server's file of mode 0600. Fails with kKeyStore
  // unless it is one such block and nothing else.
  static Result<PrivateKey> FromPem(const Secret& pem);
  Result<Secret> ToPem() const;

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey() override;

  Result<Signature> Sign(const Digest& signing_input_digest) override;
  const PublicKey& public_key() const override;

 private:
  struct Held;
  explicit PrivateKey(std::unique_ptr<Held> held);
  std::unique_ptr<Held> held_;
};

}  // namespace passport
