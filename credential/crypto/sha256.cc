#include "credential/crypto/sha256.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "credential/encoding/base64url.h"

namespace passport {
namespace {

// Fetched once and reused by each thread: the one-shot call of OpenSSL 3.0 looks the algorithm up every time, which
// costs six times the hash of a disclosure.
EVP_MD_CTX* ThreadContext() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  static thread_local const std::unique_ptr<EVP_MD_CTX, Free> context = [] {
    std::unique_ptr<EVP_MD_CTX, Free> made(EVP_MD_CTX_new());
    if (made == nullptr || md == nullptr || EVP_DigestInit_ex2(made.get(), md, nullptr) != 1) std::abort();
    return made;
  }();
  return context.get();
}

}  // namespace

Digest Sha256(std::span<const std::uint8_t> bytes) {
  EVP_MD_CTX* const context = ThreadContext();
  Digest digest;
  const bool hashed = EVP_DigestInit_ex2(context, nullptr, nullptr) == 1 &&
                      EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1 &&
                      EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1;
  if (!hashed) std::abort();
  return digest;
}

Digest Sha256(std::string_view bytes) {
  return Sha256(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

std::string Sha256Text(std::string_view bytes) { return EncodeBase64Url(Sha256(bytes)); }

}  // namespace passport
