// From DER to a Certificate, with OpenSSL's parser behind a strict gate.
#include <openssl/asn1.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>

#include "credential/crypto/certificate.h"
#include "credential/crypto/der.h"

namespace passport {
namespace {

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* held) const {
    kFree(held);
  }
};
using Parsed = std::unique_ptr<X509, Freed<X509_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using Purposes = std::unique_ptr<EXTENDED_KEY_USAGE, Freed<EXTENDED_KEY_USAGE_free>>;
using EcdsaPair = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

Fault Refused(std::string_view what) {
  ERR_clear_error();
  return {Reason::kKey, "TRUST-04", "certificate: " + std::string(what)};
}

std::string_view AsText(const unsigned char* bytes, int length) {
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(std::max(length, 0))};
}

// The DER OpenSSL writes of something.
template <class Write>
std::string Written(const Write& write) {
  unsigned char* der = nullptr;
  const int length = write(&der);
  std::string text(AsText(der, der == nullptr ? 0 : length));
  OPENSSL_free(der);
  return text;
}

// What the authority signed: the first value inside, in the bytes that arrived.
Result<std::string_view> SignedPart(X509* certificate, std::string_view der) {
  const auto* const start = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* at = start;
  long length = 0;
  int tag = 0;
  int tag_class = 0;
  static_cast<void>(ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(der.size())));
  const unsigned char* const first = at;
  static_cast<void>(ASN1_get_object(&at, &length, &tag, &tag_class, start + der.size() - at));
  const std::string_view part = AsText(first, static_cast<int>(at + length - first));
  // A default that is written out is DER in form only; made anew it is gone.
  if (Written([&](unsigned char** out) { return i2d_re_X509_tbs(certificate, out); }) != part)
    return Refused("not DER");
  return part;
}

Result<PublicKey> ReadKey(X509* certificate) {
  const X509_PUBKEY* const info = X509_get_X509_PUBKEY(certificate);
  const std::string der = Written([&](unsigned char** out) { return i2d_X509_PUBKEY(info, out); });
  // SubjectPublicKeyInfo of an uncompressed P-256 point (RFC 5480): the one form that is taken.
  constexpr std::array<std::uint8_t, 27> kPrefix = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                                    0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                                    0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
  P256Point point{};
  const bool p256 = der.size() == kPrefix.size() + point.size() &&
                    std::equal(kPrefix.begin(), kPrefix.end(), der.begin(),
                               [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
  if (!p256) return Refused("its key is not a P-256 key");
  std::copy(der.begin() + kPrefix.size(), der.end(), point.begin());
  return PublicKey::Import(point);
}

Result<Signature> ReadSignature(const X509* certificate) {
  const ASN1_BIT_STRING* bits = nullptr;
  const X509_ALGOR* outer = nullptr;
  X509_get0_signature(&bits, &outer, certificate);
  const X509_ALGOR* const inner = X509_get0_tbs_sigalg(certificate);
  if (OBJ_obj2nid(outer->algorithm) != NID_ecdsa_with_SHA256 || X509_ALGOR_cmp(outer, inner) != 0) {
    return Refused("not signed with ecdsa-with-SHA256");
  }
  // OpenSSL would clear unused bits, and many certificates would be one.
  constexpr long kUnusedBits = 0x07;
  if ((bits->flags & kUnusedBits) != 0) return Refused("its signature is not whole bytes");
  const unsigned char* at = ASN1_STRING_get0_data(bits);
  const std::string_view der = AsText(at, ASN1_STRING_length(bits));
  if (!IsDer(der)) return Refused("its signature is not DER");
  const EcdsaPair pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  Signature raw{};
  const bool fits = pair != nullptr && BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw.data(), 32) == 32 &&
                    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw.data() + 32, 32) == 32;
  if (!fits) return Refused("its signature is not one of P-256");
  return raw;
}

Result<Instant> ReadTime(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return Refused("a time does not read");
  return Instant{static_cast<std::int64_t>(::timegm(&parts))};
}

// Every extension once, its value DER, none critical that is not understood.
Result<void> JudgeExtensions(X509* certificate) {
  const int count = X509_get_ext_count(certificate);
  for (int i = 0; i < count; ++i) {
    X509_EXTENSION* const extension = X509_get_ext(certificate, i);
    const ASN1_OBJECT* const kind = X509_EXTENSION_get_object(extension);
    const ASN1_OCTET_STRING* const value = X509_EXTENSION_get_data(extension);
    if (X509_get_ext_by_OBJ(certificate, kind, i) != -1) return Refused("an extension occurs twice");
    if (!IsDer(AsText(ASN1_STRING_get0_data(value), ASN1_STRING_length(value)))) return Refused("not DER");
    const bool known = X509_supported_extension(extension) == 1;
    if (X509_EXTENSION_get_critical(extension) == 1 && !known) return Refused("a critical extension is not known");
  }
  // Also reads them all: what OpenSSL finds wrong in one makes the whole invalid.
  if ((X509_get_extension_flags(certificate) & (EXFLAG_INVALID | EXFLAG_INVALID_POLICY)) != 0) {
    return Refused("an extension does not read");
  }
  return {};
}

void ReadUsage(X509* certificate, Certificate& read) {
  const std::uint32_t flags = X509_get_extension_flags(certificate);
  const std::uint32_t usage = (flags & EXFLAG_KUSAGE) != 0 ? X509_get_key_usage(certificate) : 0;
  read.authority = (flags & EXFLAG_CA) != 0;
  const long path = X509_get_pathlen(certificate);
  if (path >= 0) read.path_length = path;
  read.may_sign = (usage & KU_DIGITAL_SIGNATURE) != 0;
  read.may_sign_certificates = (usage & KU_KEY_CERT_SIGN) != 0;
}

Result<void> ReadPurposes(X509* certificate, Certificate& read) {
  if (X509_get_ext_by_NID(certificate, NID_ext_key_usage, -1) < 0) return {};
  const Purposes list(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
  if (list == nullptr) return Refused("its purposes do not read");
  for (int i = 0; i < sk_ASN1_OBJECT_num(list.get()); ++i) {
    std::array<char, 128> text{};
    const int length = OBJ_obj2txt(text.data(), text.size(), sk_ASN1_OBJECT_value(list.get(), i), 1);
    if (length <= 0 || static_cast<std::size_t>(length) >= text.size()) return Refused("a purpose does not read");
    read.purposes.emplace_back(text.data(), static_cast<std::size_t>(length));
  }
  return {};
}

Result<void> ReadUris(X509* certificate, Certificate& read) {
  if (X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1) < 0) return {};
  const Names names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (names == nullptr) return Refused("its names do not read");
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* const uri = name->d.uniformResourceIdentifier;
    const std::string_view text = AsText(ASN1_STRING_get0_data(uri), ASN1_STRING_length(uri));
    const auto graphic = [](char c) { return c > ' ' && c <= '~'; };
    if (text.empty() || !std::all_of(text.begin(), text.end(), graphic)) return Refused("a URI name is not ASCII");
    read.uris.emplace_back(text);
  }
  return {};
}

}  // namespace

Result<Certificate> ReadCertificate(std::string_view der) {
  if (der.size() > kCertificateBytesMax) return Fault{Reason::kLimit, "JWT-12", "certificate: more than 8 KiB"};
  if (!IsDer(der)) return Refused("not DER");
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Parsed parsed(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (parsed == nullptr || at != reinterpret_cast<const unsigned char*>(der.data()) + der.size()) {
    return Refused("not a certificate");
  }
  X509* const it = parsed.get();
  if (X509_get_version(it) != X509_VERSION_3) return Refused("not of version 3");
  TRY_ASSIGN(PublicKey key, ReadKey(it));
  TRY(JudgeExtensions(it));
  Certificate read{.der = std::string(der), .key = std::move(key), .from = {}, .until = {}};
  read.fingerprint = Sha256(der);
  read.key_digest =
      Sha256(Written([&](unsigned char** out) { return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(it), out); }));
  TRY_ASSIGN(read.from, ReadTime(X509_get0_notBefore(it)));
  TRY_ASSIGN(read.until, ReadTime(X509_get0_notAfter(it)));
  TRY_ASSIGN(read.signature, ReadSignature(it));
  ReadUsage(it, read);
  TRY(ReadPurposes(it, read));
  TRY(ReadUris(it, read));
  read.subject = Written([&](unsigned char** out) { return i2d_X509_NAME(X509_get_subject_name(it), out); });
  read.issuer = Written([&](unsigned char** out) { return i2d_X509_NAME(X509_get_issuer_name(it), out); });
  TRY_ASSIGN(const std::string_view signed_part, SignedPart(it, der));
  read.signed_digest = Sha256(signed_part);
  return read;
}

Result<Certificate> ReadCertificatePem(std::string_view pem) {
  constexpr std::string_view kFirst = "-----BEGIN CERTIFICATE-----";
  if (pem.size() > 2 * kCertificateBytesMax || !pem.starts_with(kFirst)) return Refused("not PEM of a certificate");
  const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long length = 0;
  const bool got = text != nullptr && PEM_read_bio(text.get(), &name, &header, &data, &length) == 1;
  const bool plain = got && std::string_view(header).empty() && std::string_view(name) == "CERTIFICATE";
  const std::string der(got ? AsText(data, static_cast<int>(length)) : std::string_view());
  const bool alone = got && BIO_pending(text.get()) == 0;
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_free(data);
  if (!plain) return Refused("not PEM of a certificate");
  if (!alone) return Refused("something stands behind it");
  return ReadCertificate(der);
}

}  // namespace passport
