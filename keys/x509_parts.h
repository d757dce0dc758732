// What certificates and requests for them are made of: OpenSSL's objects with owners, and signing by whatever can sign.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/signer.h"

namespace passport::x509 {

template <auto kFree>
struct FreeWith {
  template <class T>
  void operator()(T* held) const {
    kFree(held);
  }
};
using HeldCertificate = std::unique_ptr<X509, FreeWith<X509_free>>;
using HeldRequest = std::unique_ptr<X509_REQ, FreeWith<X509_REQ_free>>;
using HeldKey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using HeldNames = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;
using HeldBio = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;

// kFieldInvalid and kSigning. Both forget what OpenSSL had to say.
Fault Invalid(std::string detail);
Fault NotMade(std::string_view step);

bool IsPrintable(std::string_view text);
// "O" or "CN" of a name.
bool AddText(X509_NAME* name, const char* field, const std::string& text);
// Null when the point is no key.
HeldKey ImportPoint(const P256Point& point);
// OpenSSL signs only with a key it holds. Ours may be elsewhere, so a throw-away key signs first, which settles every
// byte that is signed; SignAgain then makes the whole with the true signature.
HeldKey ThrowAwayKey();

using DerBytes = std::vector<std::uint8_t>;
// The DER that one of OpenSSL's i2d functions writes; empty when it can not.
template <class Write>
DerBytes WriteDer(const Write& write) {
  unsigned char* der = nullptr;
  const int length = write(&der);
  DerBytes bytes;
  if (length > 0) bytes.assign(der, der + length);
  OPENSSL_free(der);
  return bytes;
}
// SEQUENCE { what is signed, the algorithm, the signature }. Fails with kSigning, or as the signer does.
Result<DerBytes> SignAgain(std::span<const std::uint8_t> signed_part, const X509_ALGOR* algorithm, Signer& signer);

// One PEM block of that first line and nothing else; null otherwise. Nobody is asked for a passphrase.
HeldCertificate ReadCertificatePem(std::string_view pem);
HeldRequest ReadRequestPem(std::string_view pem);
std::string PemOf(BIO* written);

}  // namespace passport::x509
