#include "tests/support/certificate_forge.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace passport {
namespace {

void OrStop(bool done, const char* what) {
  if (done) return;
  std::fprintf(stderr, "certificate forge: %s\n", what);
  std::abort();
}

void SetName(X509_NAME* name, const std::string& text) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.c_str());
  OrStop(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes, -1, -1, 0) == 1, "name");
}

}  // namespace

ForgeKey MakeForgeKey(const char* kind) {
  const bool rsa = std::string_view(kind) == "RSA";
  ForgeKey key(rsa ? EVP_RSA_gen(2048) : EVP_EC_gen(kind), EVP_PKEY_free);
  OrStop(key != nullptr, "key");
  return key;
}

std::string Forge(const ForgedCertificate& certificate, const ForgeKey& subject, const ForgeKey& signer) {
  const std::unique_ptr<X509, decltype(&X509_free)> it(X509_new(), X509_free);
  OrStop(X509_set_version(it.get(), certificate.version - 1) == 1, "version");
  OrStop(ASN1_INTEGER_set(X509_get_serialNumber(it.get()), 7) == 1, "serial");
  SetName(X509_get_subject_name(it.get()), certificate.subject);
  SetName(X509_get_issuer_name(it.get()), certificate.issuer);
  OrStop(ASN1_TIME_set(X509_getm_notBefore(it.get()), certificate.from.seconds) != nullptr, "from");
  OrStop(ASN1_TIME_set(X509_getm_notAfter(it.get()), certificate.until.seconds) != nullptr, "until");
  OrStop(X509_set_pubkey(it.get(), subject.get()) == 1, "key");
  for (const auto& [name, value] : certificate.extensions) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, it.get(), it.get(), nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_nconf(nullptr, &context, name.c_str(), value.c_str());
    OrStop(extension != nullptr && X509_add_ext(it.get(), extension, -1) == 1, name.c_str());
    X509_EXTENSION_free(extension);
  }
  OrStop(X509_sign(it.get(), signer.get(), certificate.sha1 ? EVP_sha1() : EVP_sha256()) != 0, "sign");
  unsigned char* der = nullptr;
  const int length = i2d_X509(it.get(), &der);
  OrStop(length > 0, "DER");
  std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return text;
}

std::string PemOfDer(const std::string& der) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
  const bool written = PEM_write_bio(out.get(), "CERTIFICATE", "", reinterpret_cast<const unsigned char*>(der.data()),
                                     static_cast<long>(der.size())) > 0;
  OrStop(written, "PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace passport
