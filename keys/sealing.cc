#include "keys/sealing.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <limits>
#include <memory>
#include <string>

namespace passport {
namespace {

struct FreeCipherContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct FreeKdf {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
};
struct FreeKdfContext {
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext>;

// Fetched once: OpenSSL 3.0 looks it up under a lock otherwise.
const EVP_CIPHER* Aes256Gcm() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return cipher;
}

Fault CanNotSeal() {
  ERR_clear_error();
  return {Reason::kSigning, "", "the crypto library did not seal"};
}

Fault DoesNotOpen() {
  ERR_clear_error();
  return {Reason::kKeyStore, "", "the seal does not hold"};
}

bool FitsInt(std::size_t size) { return size <= static_cast<std::size_t>(std::numeric_limits<int>::max()); }

}  // namespace

bool IsSane(ScryptCost cost) {
  const bool power_of_two = cost.N != 0 && (cost.N & (cost.N - 1)) == 0;
  const bool enough = cost.N >= kLeastCost.N && cost.r >= kLeastCost.r && cost.p >= kLeastCost.p;
  return power_of_two && enough && cost.N <= kMostCost.N && cost.r <= kMostCost.r && cost.p <= kMostCost.p;
}

Result<Secret> DeriveKey(const Secret& passphrase, std::span<const std::uint8_t> salt, ScryptCost cost) {
  if (!IsSane(cost)) return Fault{Reason::kKeyStore, "", "the scrypt cost is outside the limits"};
  const std::unique_ptr<EVP_KDF, FreeKdf> kdf(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, FreeKdfContext> context(kdf == nullptr ? nullptr : EVP_KDF_CTX_new(kdf.get()));
  if (context == nullptr) return CanNotSeal();
  Secret given(passphrase.bytes());  // the parameters want bytes that may be written
  std::vector<std::uint8_t> salt_copy(salt.begin(), salt.end());
  std::uint64_t n = cost.N;
  std::uint32_t r = cost.r;
  std::uint32_t p = cost.p;
  // RFC 7914: V takes 128 * r * N bytes, B and T a little more.
  std::uint64_t memory = 128ULL * r * (n + p + 32ULL);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, given.bytes().data(), given.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt_copy.data(), salt_copy.size()),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
      OSSL_PARAM_construct_end()};
  Secret key(kSealKeyBytes);
  if (EVP_KDF_derive(context.get(), key.bytes().data(), key.size(), parameters) != 1) {
    ERR_clear_error();
    return Fault{Reason::kKeyStore, "", "scrypt did not run; there may be too little memory for its cost"};
  }
  return key;
}

Result<std::vector<std::uint8_t>> SealBytes(const Secret& key, std::span<const std::uint8_t> plaintext,
                                            std::span<const std::uint8_t> aad, Random& random) {
  if (key.size() != kSealKeyBytes || !FitsInt(plaintext.size()) || !FitsInt(aad.size())) return CanNotSeal();
  std::vector<std::uint8_t> sealed(kSealOverheadBytes + plaintext.size());
  random.Fill(std::span(sealed).first(kSealIvBytes));
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::uint8_t* const text = sealed.data() + kSealIvBytes;
  int length = 0;
  int rest = 0;
  const bool done =
      context != nullptr &&
      EVP_EncryptInit_ex2(context.get(), Aes256Gcm(), key.bytes().data(), sealed.data(), nullptr) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &length, aad.data(), static_cast<int>(aad.size())) == 1 &&
      (plaintext.empty() ||
       EVP_EncryptUpdate(context.get(), text, &length, plaintext.data(), static_cast<int>(plaintext.size())) == 1) &&
      EVP_EncryptFinal_ex(context.get(), text + plaintext.size(), &rest) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kSealTagBytes, text + plaintext.size()) == 1;
  if (!done) return CanNotSeal();
  return sealed;
}

Result<Secret> UnsealBytes(const Secret& key, std::span<const std::uint8_t> sealed, std::span<const std::uint8_t> aad) {
  if (key.size() != kSealKeyBytes || sealed.size() < kSealOverheadBytes || !FitsInt(sealed.size()) ||
      !FitsInt(aad.size())) {
    return DoesNotOpen();
  }
  const std::span<const std::uint8_t> text = sealed.subspan(kSealIvBytes, sealed.size() - kSealOverheadBytes);
  std::vector<std::uint8_t> tag(sealed.end() - kSealTagBytes, sealed.end());
  Secret plaintext(text.size());
  const CipherContext context(EVP_CIPHER_CTX_new());
  int length = 0;
  std::uint8_t nothing = 0;
  const bool done = context != nullptr &&
                    EVP_DecryptInit_ex2(context.get(), Aes256Gcm(), key.bytes().data(), sealed.data(), nullptr) == 1 &&
                    EVP_DecryptUpdate(context.get(), nullptr, &length, aad.data(), static_cast<int>(aad.size())) == 1 &&
                    (text.empty() || EVP_DecryptUpdate(context.get(), plaintext.bytes().data(), &length, text.data(),
                                                       static_cast<int>(text.size())) == 1) &&
                    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kSealTagBytes, tag.data()) == 1 &&
                    EVP_DecryptFinal_ex(context.get(), &nothing, &length) == 1;
  if (!done) return DoesNotOpen();
  return plaintext;
}

Result<Digest> HmacSha256(const Secret& key, std::span<const std::uint8_t> bytes) {
  Digest digest{};
  unsigned length = 0;
  const unsigned char* const made = HMAC(EVP_sha256(), key.bytes().data(), static_cast<int>(key.size()), bytes.data(),
                                         bytes.size(), digest.data(), &length);
  if (made == nullptr || length != digest.size()) return Fault{Reason::kSigning, "", "no keyed digest could be made"};
  return digest;
}

}  // namespace passport
