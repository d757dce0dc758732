// The EC_KEY functions are deprecated in OpenSSL 3 but have no equally cheap successor for a key that is used once.
#define OPENSSL_API_COMPAT 0x10100000L

#include "credential/crypto/p256.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <vector>

namespace passport {
namespace {

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
using EvpKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using EvpContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using EcKey = std::unique_ptr<EC_KEY, Freed<EC_KEY_free>>;

constexpr std::size_t kPart = 32;

Fault NotAKey() { return {Reason::kKey, "JWT-06", "not a valid P-256 public key"}; }

std::array<std::uint8_t, 65> Uncompressed(const P256Point& point) {
  std::array<std::uint8_t, 65> octets;
  octets[0] = 4;
  std::copy(point.begin(), point.end(), octets.begin() + 1);
  return octets;
}

// DER of ECDSA-Sig-Value made by hand: two unsigned integers of at most 33 bytes.
struct DerSignature {
  std::array<std::uint8_t, 80> bytes;
  std::size_t length;
};
DerSignature ToDer(std::span<const std::uint8_t> raw) {
  DerSignature der{};
  std::uint8_t* out = der.bytes.data() + 2;
  for (std::size_t part = 0; part < 2; ++part) {
    std::span<const std::uint8_t> number = raw.subspan(part * kPart, kPart);
    while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
    const bool pad = (number.front() & 0x80U) != 0;
    *out++ = 2;
    *out++ = static_cast<std::uint8_t>(number.size() + (pad ? 1 : 0));
    if (pad) *out++ = 0;
    out = std::copy(number.begin(), number.end(), out);
  }
  der.length = static_cast<std::size_t>(out - der.bytes.data());
  der.bytes[0] = 0x30;
  der.bytes[1] = static_cast<std::uint8_t>(der.length - 2);
  return der;
}

EvpKey ImportEvp(const P256Point& point) {
  std::array<std::uint8_t, 65> octets = Uncompressed(point);
  std::array<char, 11> group = {"prime256v1"};
  const std::array<OSSL_PARAM, 3> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size()),
      OSSL_PARAM_construct_end()};
  const EvpContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parameters.data())) != 1)
    return nullptr;
  return EvpKey(key);
}

EvpContext ReadyContext(EVP_PKEY* key) {
  EvpContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (context == nullptr || EVP_PKEY_verify_init(context.get()) != 1) return nullptr;
  return context;
}

}  // namespace

struct PublicKey::Held {
  P256Point point;
  EvpKey key;
  std::mutex mutex;
  std::vector<EvpContext> idle;  // one for each thread that ever verified at the same time

  EvpContext Take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        EvpContext taken = std::move(idle.back());
        idle.pop_back();
        return taken;
      }
    }
    return ReadyContext(key.get());
  }
  void Return(EvpContext context) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(context));
  }
};

Result<PublicKey> PublicKey::Import(const P256Point& point) {
  auto held = std::make_shared<Held>();
  held->point = point;
  held->key = ImportEvp(point);
  ERR_clear_error();
  if (held->key == nullptr) return NotAKey();
  return PublicKey(std::move(held));
}

const P256Point& PublicKey::point() const { return held_->point; }

bool PublicKey::Verify(const Digest& digest, std::span<const std::uint8_t> signature) const {
  if (signature.size() != 2 * kPart) return false;
  EvpContext context = held_->Take();
  if (context == nullptr) return false;
  const DerSignature der = ToDer(signature);
  const bool holds = EVP_PKEY_verify(context.get(), der.bytes.data(), der.length, digest.data(), digest.size()) == 1;
  if (!holds) ERR_clear_error();
  held_->Return(std::move(context));
  return holds;
}

Result<bool> VerifyOnce(const P256Point& point, const Digest& digest, std::span<const std::uint8_t> signature) {
  static thread_local const EcKey key(EC_KEY_new_by_curve_name(NID_X9_62_prime256v1));
  const std::array<std::uint8_t, 65> octets = Uncompressed(point);
  if (key == nullptr || EC_KEY_oct2key(key.get(), octets.data(), octets.size(), nullptr) != 1) {
    ERR_clear_error();
    return NotAKey();
  }
  if (signature.size() != 2 * kPart) return false;
  const DerSignature der = ToDer(signature);
  const bool holds = ECDSA_verify(0, digest.data(), static_cast<int>(digest.size()), der.bytes.data(),
                                  static_cast<int>(der.length), key.get()) == 1;
  if (!holds) ERR_clear_error();
  return holds;
}

}  // namespace passport
