#include "keys/private_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <mutex>
#include <utility>

namespace passport {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using EvpKey = std::unique_ptr<EVP_PKEY, FreeKey>;
using EvpContext = std::unique_ptr<EVP_PKEY_CTX, FreeContext>;

Fault CanNotSign() {
  ERR_clear_error();
  return {Reason::kSigning, "", "the crypto library did not sign"};
}

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
struct FreePkcs8 {
  void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
};
using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreePkcs8>;

// One unsigned DER INTEGER of at most 33 bytes into 32; moves `der` past it.
bool TakeNumber(std::span<const std::uint8_t>& der, std::span<std::uint8_t> out) {
  if (der.size() < 2 || der[0] != 2 || der.size() < 2U + der[1]) return false;
  std::span<const std::uint8_t> number = der.subspan(2, der[1]);
  der = der.subspan(2U + der[1]);
  while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
  if (number.empty() || number.size() > out.size()) return false;
  std::fill(out.begin(), out.end(), std::uint8_t{0});
  std::copy(number.begin(), number.end(), out.end() - static_cast<std::ptrdiff_t>(number.size()));
  return true;
}

Result<PublicKey> PublicPart(EVP_PKEY* key) {
  std::array<std::uint8_t, 65> octets{};
  std::size_t length = 0;
  if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, octets.data(), octets.size(), &length) !=
          1 ||
      length != octets.size() || octets[0] != 4) {
    ERR_clear_error();
    return Fault{Reason::kKeyStore, "", "not a P-256 key"};
  }
  P256Point point;
  std::copy(octets.begin() + 1, octets.end(), point.begin());
  Result<PublicKey> imported = PublicKey::Import(point);
  if (!imported.ok()) return Fault{Reason::kKeyStore, "", "not a P-256 key"};  // another curve of 256 bits
  return imported;
}

}  // namespace

struct PrivateKey::Held {
  Held(EvpKey private_part, PublicKey public_part) : key(std::move(private_part)), public_key(std::move(public_part)) {}
  EvpKey key;
  PublicKey public_key;
  std::mutex mutex;
  std::vector<EvpContext> idle;

  EvpContext Take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        EvpContext taken = std::move(idle.back());
        idle.pop_back();
        return taken;
      }
    }
    EvpContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (context == nullptr || EVP_PKEY_sign_init(context.get()) != 1) return nullptr;
    return context;
  }
  void Return(EvpContext context) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(context));
  }
};

PrivateKey::PrivateKey(std::unique_ptr<Held> held) : held_(std::move(held)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

Result<PrivateKey> PrivateKey::Generate() {
  EvpKey key(EVP_EC_gen("P-256"));
  if (key == nullptr) return CanNotSign();
  TRY_ASSIGN(PublicKey public_key, PublicPart(key.get()));
  return PrivateKey(std::make_unique<Held>(std::move(key), std::move(public_key)));
}

Result<PrivateKey> PrivateKey::FromPkcs8(const Secret& der) {
  const Fault refused{Reason::kKeyStore, "", "not one PKCS#8 P-256 key"};
  const unsigned char* at = der.bytes().data();
  const Pkcs8 outer(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  const bool whole = outer != nullptr && at == der.bytes().data() + der.size();
  const ASN1_OBJECT* algorithm = nullptr;
  if (whole) PKCS8_pkey_get0(&algorithm, nullptr, nullptr, nullptr, outer.get());
  // Other kinds of key are not decoded at all.
  const bool is_ec = algorithm != nullptr && OBJ_obj2nid(algorithm) == NID_X9_62_id_ecPublicKey;
  EvpKey key(is_ec ? EVP_PKCS82PKEY(outer.get()) : nullptr);
  if (key == nullptr) {
    ERR_clear_error();
    return refused;
  }
  TRY_ASSIGN(PublicKey public_key, PublicPart(key.get()));
  // The encoding carries the public key beside the private one; they may disagree.
  const EvpContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  if (check == nullptr || EVP_PKEY_pairwise_check(check.get()) != 1) {
    ERR_clear_error();
    return Fault{Reason::kKeyStore, "", "the private key does not fit the public key"};
  }
  return PrivateKey(std::make_unique<Held>(std::move(key), std::move(public_key)));
}

Result<Secret> PrivateKey::ToPkcs8() const {
  const Pkcs8 info(EVP_PKEY2PKCS8(held_->key.get()));
  unsigned char* der = nullptr;
  const int length = info == nullptr ? -1 : i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  if (length <= 0) return CanNotSign();
  Secret secret(std::span(der, static_cast<std::size_t>(length)));
  OPENSSL_clear_free(der, static_cast<std::size_t>(length));
  return secret;
}

Result<PrivateKey> PrivateKey::FromPem(const Secret& pem) {
  constexpr std::size_t kPemBytesMax = 4096;
  constexpr std::string_view kBegin = "-----BEGIN PRIVATE KEY-----";
  const Fault refused{Reason::kKeyStore, "", "not one PEM private key in PKCS#8 without a passphrase"};
  const std::string_view text(reinterpret_cast<const char*>(pem.bytes().data()), pem.size());
  if (text.size() > kPemBytesMax || !text.starts_with(kBegin)) return refused;
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* der = nullptr;
  long length = 0;
  const bool read = bio != nullptr && PEM_read_bio(bio.get(), &name, &header, &der, &length) == 1;
  const bool alone = read && header[0] == '\0' && BIO_pending(bio.get()) == 0;
  const Secret pkcs8 = alone ? Secret(std::span(der, static_cast<std::size_t>(length))) : Secret();
  if (read) OPENSSL_clear_free(der, static_cast<std::size_t>(length));
  OPENSSL_free(name);
  OPENSSL_free(header);
  ERR_clear_error();
  if (!alone) return refused;
  return FromPkcs8(pkcs8);
}

Result<Secret> PrivateKey::ToPem() const {
  const Bio bio(BIO_new(BIO_s_secmem()));
  if (bio == nullptr ||
      PEM_write_bio_PKCS8PrivateKey(bio.get(), held_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return CanNotSign();
  }
  const char* text = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &text);
  return Secret(std::span(reinterpret_cast<const std::uint8_t*>(text), static_cast<std::size_t>(length)));
}

Result<Signature> PrivateKey::Sign(const Digest& signing_input_digest) {
  EvpContext context = held_->Take();
  if (context == nullptr) return CanNotSign();
  std::array<std::uint8_t, 80> der{};
  std::size_t length = der.size();
  if (EVP_PKEY_sign(context.get(), der.data(), &length, signing_input_digest.data(), signing_input_digest.size()) !=
      1) {
    return CanNotSign();
  }
  held_->Return(std::move(context));
  Signature signature;
  // SEQUENCE, one length byte: 70 to 72 bytes never need two.
  std::span<const std::uint8_t> numbers = std::span(der).subspan(2, length - 2);
  const bool read =
      TakeNumber(numbers, std::span(signature).first(32)) && TakeNumber(numbers, std::span(signature).last(32));
  if (!read) return CanNotSign();
  return signature;
}

const PublicKey& PrivateKey::public_key() const { return held_->public_key; }

}  // namespace passport
