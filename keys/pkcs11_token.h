// One token of a hardware module, or of a program that behaves like one, through the C interface of PKCS#11 2.40.
//
// The module is loaded into this process and stays loaded. There is one session, and calls are made one after the
// other: modules are known to crash when several threads are in them (SoftHSM issue 688), and a network module is worse
// off with a crash than with a queue. When the session is lost or the module goes away, the next call opens another
// one, logs in and finds its keys again; until that works everything fails with kSigning. A PIN that was refused is
// never tried again, and neither is one when the module says that it is the last try: modules lock.
//
// Never used by a child of the process that opened it: some modules would let it sign. Any thread may call.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "credential/crypto/p256.h"
#include "credential/crypto/sha256.h"
#include "keys/secret.h"

namespace passport {

struct Pkcs11Place {
  std::filesystem::path module;  // the shared library of the module's maker
  std::string token;             // the token's label; slots change their numbers
};

// CKA_ID: what an object is found by.
using ObjectId = std::vector<std::uint8_t>;

class Pkcs11Token {
 public:
  // Fails with kPassphrase when the PIN is refused or must not be tried, kKeyStore when there is no such module, or not
  // exactly one token of that label, kSigning when the module does not work.
  static Result<std::shared_ptr<Pkcs11Token>> Open(const Pkcs11Place& place, Secret pin);
  ~Pkcs11Token();
  Pkcs11Token(const Pkcs11Token&) = delete;
  Pkcs11Token& operator=(const Pkcs11Token&) = delete;

  // Make keys that never leave the token: a P-256 pair, which is found by the thumbprint of its public half, an AES-256
  // key that only seals, a key of 32 bytes that only digests.
  Result<P256Point> MakePair(const std::string& label);
  Result<void> MakeSealKey(const ObjectId& id, const std::string& label);
  Result<void> MakeDigestKey(const ObjectId& id, const std::string& label);
  // Everything of that id. What can not be destroyed stays.
  void Destroy(const ObjectId& id);

  // Look for them. Fail with kKeyStore when there is none, or more than one.
  Result<P256Point> FindPublic(const ObjectId& id);
  Result<void> FindPrivate(const ObjectId& id);
  Result<void> FindSecret(const ObjectId& id);

  // CKM_ECDSA over the digest: r and s, 64 bytes, which is ES256.
  Result<Signature> Sign(const ObjectId& id, const Digest& digest);
  // CKM_AES_GCM with a tag of 16 bytes at the end. Decrypt fails with kKeyStore when anything was altered.
  Result<std::vector<std::uint8_t>> Encrypt(const ObjectId& id, std::span<const std::uint8_t> iv,
                                            std::span<const std::uint8_t> plaintext, std::span<const std::uint8_t> aad);
  Result<Secret> Decrypt(const ObjectId& id, std::span<const std::uint8_t> iv, std::span<const std::uint8_t> sealed,
                         std::span<const std::uint8_t> aad);
  // CKM_SHA256_HMAC.
  Result<Digest> Hmac(const ObjectId& id, std::span<const std::uint8_t> bytes);

 private:
  struct Parts;
  explicit Pkcs11Token(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace passport
