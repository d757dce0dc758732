#include "keys/x509_parts.h"

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <utility>

namespace passport::x509 {
namespace {

using BigNumber = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;

constexpr std::size_t kPemBytesMax = 64 * 1024;

void AppendDer(std::uint8_t tag, std::span<const std::uint8_t> content, DerBytes& out) {
  out.push_back(tag);
  std::size_t length_bytes = 0;
  for (std::size_t rest = content.size(); content.size() > 127 && rest != 0; rest >>= 8) ++length_bytes;
  if (length_bytes != 0) out.push_back(static_cast<std::uint8_t>(0x80 | length_bytes));
  for (std::size_t i = std::max<std::size_t>(length_bytes, 1); i-- > 0;) {
    out.push_back(static_cast<std::uint8_t>(content.size() >> (8 * i)));
  }
  out.insert(out.end(), content.begin(), content.end());
}

DerBytes SignatureDer(const Signature& signature) {
  const EcdsaSignature pair(ECDSA_SIG_new());
  BigNumber r(BN_bin2bn(signature.data(), 32, nullptr));
  BigNumber s(BN_bin2bn(signature.data() + 32, 32, nullptr));
  if (pair == nullptr || r == nullptr || s == nullptr || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  static_cast<void>(r.release());  // now the pair's
  static_cast<void>(s.release());
  return WriteDer([&](unsigned char** out) { return i2d_ECDSA_SIG(pair.get(), out); });
}

int NoPassphrase(char*, int, int, void*) { return -1; }

template <auto kRead, class Held>
Held ReadPem(std::string_view pem, std::string_view first_line) {
  if (!pem.starts_with(first_line) || pem.size() > kPemBytesMax) return nullptr;
  const HeldBio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (text == nullptr) return nullptr;
  Held held(kRead(text.get(), nullptr, NoPassphrase, nullptr));
  return BIO_pending(text.get()) == 0 ? std::move(held) : nullptr;
}

}  // namespace

Fault Invalid(std::string detail) {
  ERR_clear_error();
  return {Reason::kFieldInvalid, "", "certificate: " + std::move(detail)};
}

Fault NotMade(std::string_view step) {
  ERR_clear_error();
  return {Reason::kSigning, "", "the certificate was not made: " + std::string(step)};
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool AddText(X509_NAME* name, const char* field, const std::string& text) {
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

HeldKey ImportPoint(const P256Point& point) {
  // SubjectPublicKeyInfo of an uncompressed P-256 point (RFC 5480); only the point differs.
  constexpr std::array<std::uint8_t, 27> kPrefix = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                                    0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                                    0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
  DerBytes der(kPrefix.begin(), kPrefix.end());
  der.insert(der.end(), point.begin(), point.end());
  const unsigned char* at = der.data();
  return HeldKey(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
}

HeldKey ThrowAwayKey() { return HeldKey(EVP_EC_gen("P-256")); }

Result<DerBytes> SignAgain(std::span<const std::uint8_t> signed_part, const X509_ALGOR* algorithm, Signer& signer) {
  const DerBytes algorithm_part = WriteDer([&](unsigned char** out) { return i2d_X509_ALGOR(algorithm, out); });
  if (signed_part.empty() || algorithm_part.empty()) return NotMade("draft");
  TRY_ASSIGN(const Signature signature, signer.Sign(Sha256(signed_part)));
  const DerBytes signature_part = SignatureDer(signature);
  if (signature_part.empty()) return NotMade("signature");
  DerBytes bits = {0};  // no unused bits
  bits.insert(bits.end(), signature_part.begin(), signature_part.end());
  DerBytes content(signed_part.begin(), signed_part.end());
  content.insert(content.end(), algorithm_part.begin(), algorithm_part.end());
  AppendDer(0x03, bits, content);
  DerBytes whole;
  AppendDer(0x30, content, whole);
  return whole;
}

HeldCertificate ReadCertificatePem(std::string_view pem) {
  return ReadPem<PEM_read_bio_X509, HeldCertificate>(pem, "-----BEGIN CERTIFICATE-----");
}

HeldRequest ReadRequestPem(std::string_view pem) {
  return ReadPem<PEM_read_bio_X509_REQ, HeldRequest>(pem, "-----BEGIN CERTIFICATE REQUEST-----");
}

std::string PemOf(BIO* written) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(written, &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace passport::x509
