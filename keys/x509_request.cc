// Requests for certificates (PKCS#10).
#include <openssl/pem.h>

#include <algorithm>

#include "keys/x509_certificate.h"
#include "keys/x509_parts.h"

namespace passport {
namespace {

using x509::HeldRequest;
using x509::Invalid;
using x509::NotMade;

constexpr std::size_t kRequestNameMax = 64;

Result<HeldRequest> Draft(const std::string& common_name, const PublicKey& subject) {
  if (common_name.empty() || common_name.size() > kRequestNameMax || !x509::IsPrintable(common_name)) {
    return Invalid("a subject name is not 1 to 64 printable ASCII characters");
  }
  HeldRequest request(X509_REQ_new());
  const x509::HeldKey key = x509::ImportPoint(subject.point());
  const x509::HeldKey throw_away = x509::ThrowAwayKey();
  const bool done = request != nullptr && key != nullptr && throw_away != nullptr &&
                    X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1 &&
                    x509::AddText(X509_REQ_get_subject_name(request.get()), "CN", common_name) &&
                    X509_REQ_set_pubkey(request.get(), key.get()) == 1 &&
                    X509_REQ_sign(request.get(), throw_away.get(), EVP_sha256()) != 0;
  if (!done) return NotMade("request");
  return request;
}

}  // namespace

Result<std::string> MakeCertificateRequest(const std::string& common_name, Signer& signer) {
  TRY_ASSIGN(const HeldRequest draft, Draft(common_name, signer.public_key()));
  const x509::DerBytes signed_part =
      x509::WriteDer([&](unsigned char** out) { return i2d_re_X509_REQ_tbs(draft.get(), out); });
  const X509_ALGOR* algorithm = nullptr;
  X509_REQ_get0_signature(draft.get(), nullptr, &algorithm);
  TRY_ASSIGN(const x509::DerBytes whole, x509::SignAgain(signed_part, algorithm, signer));
  const unsigned char* at = whole.data();
  const HeldRequest made(d2i_X509_REQ(nullptr, &at, static_cast<long>(whole.size())));
  const x509::HeldBio text(BIO_new(BIO_s_mem()));
  const bool written = made != nullptr && text != nullptr && PEM_write_bio_X509_REQ(text.get(), made.get()) == 1;
  if (!written) return NotMade("PEM");
  return x509::PemOf(text.get());
}

Result<PublicKey> ReadCertificateRequest(std::string_view request_pem) {
  const HeldRequest request = x509::ReadRequestPem(request_pem);
  if (request == nullptr) return Invalid("not one PEM certificate request");
  EVP_PKEY* const key = X509_REQ_get0_pubkey(request.get());
  if (key == nullptr || X509_REQ_verify(request.get(), key) != 1)
    return Invalid("the request is not signed by its key");
  const x509::DerBytes der = x509::WriteDer(
      [&](unsigned char** out) { return i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(request.get()), out); });
  P256Point point{};
  if (der.size() < point.size()) return Invalid("the key of the request is not a P-256 key");
  std::copy(der.end() - point.size(), der.end(), point.begin());
  const x509::HeldKey again = x509::ImportPoint(point);
  if (again == nullptr || EVP_PKEY_eq(again.get(), key) != 1)
    return Invalid("the key of the request is not a P-256 key");
  return PublicKey::Import(point);
}

}  // namespace passport
