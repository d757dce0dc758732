#include "keys/x509_certificate.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace passport {
namespace {

template <auto kFree>
struct FreeWith {
  template <class T>
  void operator()(T* held) const {
    kFree(held);
  }
};
using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;
using EvpKey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;
using Bio = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;

constexpr std::size_t kSerialBytes = 16;
constexpr std::size_t kNameMax = 64;  // ub-common-name and ub-organization-name, RFC 5280 appendix A

Fault Invalid(std::string detail) {
  ERR_clear_error();
  return {Reason::kFieldInvalid, "", "certificate: " + std::move(detail)};
}
Fault NotMade(std::string_view step) {
  ERR_clear_error();
  return {Reason::kSigning, "", "the certificate was not made: " + std::string(step)};
}

// A DER object that owns its bytes.
std::vector<std::uint8_t> Der(unsigned char* der, int length) {
  std::vector<std::uint8_t> bytes;
  if (length > 0) bytes.assign(der, der + length);
  OPENSSL_free(der);
  return bytes;
}

void AppendDer(std::uint8_t tag, std::span<const std::uint8_t> content, std::vector<std::uint8_t>& out) {
  out.push_back(tag);
  std::size_t length_bytes = 0;
  for (std::size_t rest = content.size(); content.size() > 127 && rest != 0; rest >>= 8) ++length_bytes;
  if (length_bytes != 0) out.push_back(static_cast<std::uint8_t>(0x80 | length_bytes));
  for (std::size_t i = std::max<std::size_t>(length_bytes, 1); i-- > 0;) {
    out.push_back(static_cast<std::uint8_t>(content.size() >> (8 * i)));
  }
  out.insert(out.end(), content.begin(), content.end());
}

EvpKey ImportPoint(const P256Point& point) {
  // SubjectPublicKeyInfo of an uncompressed P-256 point (RFC 5480); only the point differs.
  constexpr std::array<std::uint8_t, 27> kPrefix = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                                    0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                                    0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
  std::vector<std::uint8_t> der(kPrefix.begin(), kPrefix.end());
  der.insert(der.end(), point.begin(), point.end());
  const unsigned char* at = der.data();
  return EvpKey(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool IsDnsName(std::string_view name) {
  if (name.empty() || name.size() > 253) return false;
  std::size_t label = 0;
  char before = '.';
  for (const char c : name) {
    const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == '.') {
      if (before == '.' || before == '-') return false;
      label = 0;
    } else if ((!letter_or_digit && (c != '-' || before == '.')) || ++label > 63) {
      return false;
    }
    before = c;
  }
  return before != '.' && before != '-';
}

bool AddText(X509_NAME* name, const char* field, const std::string& text) {
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

// The content octets of one name, or nothing.
std::vector<std::uint8_t> NameOctets(const SubjectName& name) {
  if (name.kind != SubjectName::Kind::kIp) {
    const bool good = name.kind == SubjectName::Kind::kUri ? IsPrintable(name.text) : IsDnsName(name.text);
    return good ? std::vector<std::uint8_t>(name.text.begin(), name.text.end()) : std::vector<std::uint8_t>();
  }
  std::array<std::uint8_t, 16> address{};
  if (::inet_pton(AF_INET, name.text.c_str(), address.data()) == 1) return {address.begin(), address.begin() + 4};
  if (::inet_pton(AF_INET6, name.text.c_str(), address.data()) == 1) return {address.begin(), address.end()};
  return {};
}

Result<void> AddNames(X509* certificate, std::span<const SubjectName> names) {
  if (names.empty()) return {};
  const Names list(GENERAL_NAMES_new());
  if (list == nullptr) return NotMade("names");
  for (const SubjectName& name : names) {
    const std::vector<std::uint8_t> octets = NameOctets(name);
    if (octets.empty()) return Invalid("a DNS name, IP address or URI can not be written");
    const bool is_ip = name.kind == SubjectName::Kind::kIp;
    const int type = is_ip ? GEN_IPADD : name.kind == SubjectName::Kind::kDns ? GEN_DNS : GEN_URI;
    ASN1_STRING* const text = ASN1_STRING_type_new(is_ip ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);
    GENERAL_NAME* const entry = GENERAL_NAME_new();
    const bool filled = text != nullptr && entry != nullptr &&
                        ASN1_STRING_set(text, octets.data(), static_cast<int>(octets.size())) == 1;
    if (!filled) {
      ASN1_STRING_free(text);
      GENERAL_NAME_free(entry);
      return NotMade("names");
    }
    GENERAL_NAME_set0_value(entry, type, text);
    if (sk_GENERAL_NAME_push(list.get(), entry) == 0) {
      GENERAL_NAME_free(entry);
      return NotMade("names");
    }
  }
  if (X509_add1_ext_i2d(certificate, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT) != 1) {
    return NotMade("names");
  }
  return {};
}

bool AddExtension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool SetSerial(X509* certificate, Random& random) {
  std::array<std::uint8_t, kSerialBytes> bytes{};
  random.Fill(bytes);
  const BigNumber number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return number != nullptr && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

// All but issuer name, extensions and signature.
Result<Certificate> Start(const CertificateText& text, const PublicKey& subject, Random& random) {
  const bool names_fit = !text.common_name.empty() && text.common_name.size() <= kNameMax &&
                         text.organisation.size() <= kNameMax && IsPrintable(text.common_name) &&
                         IsPrintable(text.organisation);
  if (!names_fit) return Invalid("a subject name is not 1 to 64 printable ASCII characters");
  Certificate certificate(X509_new());
  const EvpKey key = ImportPoint(subject.point());
  if (certificate == nullptr || key == nullptr) return NotMade("key");
  X509_NAME* const name = X509_get_subject_name(certificate.get());
  const bool done = X509_set_version(certificate.get(), X509_VERSION_3) == 1 && SetSerial(certificate.get(), random) &&
                    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), text.span.from.seconds) != nullptr &&
                    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), text.span.to.seconds) != nullptr &&
                    (text.organisation.empty() || AddText(name, "O", text.organisation)) &&
                    AddText(name, "CN", text.common_name) && X509_set_pubkey(certificate.get(), key.get()) == 1;
  if (!done) return NotMade("fields");
  return certificate;
}

Result<std::vector<std::uint8_t>> SignatureDer(const Signature& signature) {
  const EcdsaSignature pair(ECDSA_SIG_new());
  BigNumber r(BN_bin2bn(signature.data(), 32, nullptr));
  BigNumber s(BN_bin2bn(signature.data() + 32, 32, nullptr));
  if (pair == nullptr || r == nullptr || s == nullptr || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) {
    return NotMade("signature");
  }
  static_cast<void>(r.release());  // now the pair's
  static_cast<void>(s.release());
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(pair.get(), &der);
  return Der(der, length);
}

// OpenSSL signs certificates only with a key it holds. Ours may be elsewhere, so a throw-away key signs first, which
// settles every byte that is signed, and its signature is then replaced.
Result<std::string> Finish(X509* draft, Signer& signer) {
  const EvpKey throw_away(EVP_EC_gen("P-256"));
  if (throw_away == nullptr || X509_sign(draft, throw_away.get(), EVP_sha256()) == 0) return NotMade("draft");
  unsigned char* der = nullptr;
  int length = i2d_re_X509_tbs(draft, &der);
  const std::vector<std::uint8_t> signed_part = Der(der, length);
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, draft);
  der = nullptr;
  length = i2d_X509_ALGOR(algorithm, &der);
  const std::vector<std::uint8_t> algorithm_part = Der(der, length);
  if (signed_part.empty() || algorithm_part.empty()) return NotMade("draft");

  TRY_ASSIGN(const Signature signature, signer.Sign(Sha256(signed_part)));
  TRY_ASSIGN(const std::vector<std::uint8_t> signature_der, SignatureDer(signature));
  std::vector<std::uint8_t> bits = {0};  // no unused bits
  bits.insert(bits.end(), signature_der.begin(), signature_der.end());
  std::vector<std::uint8_t> content = signed_part;
  content.insert(content.end(), algorithm_part.begin(), algorithm_part.end());
  AppendDer(0x03, bits, content);
  std::vector<std::uint8_t> whole;
  AppendDer(0x30, content, whole);

  const unsigned char* at = whole.data();
  const Certificate made(d2i_X509(nullptr, &at, static_cast<long>(whole.size())));
  const EvpKey key = ImportPoint(signer.public_key().point());
  if (made == nullptr || key == nullptr || X509_verify(made.get(), key.get()) != 1) return NotMade("verification");
  const Bio text(BIO_new(BIO_s_mem()));
  char* data = nullptr;
  if (text == nullptr || PEM_write_bio_X509(text.get(), made.get()) != 1) return NotMade("PEM");
  const long size = BIO_get_mem_data(text.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

// Nobody is asked for a passphrase when a certificate claims to be encrypted.
int NoPassphrase(char*, int, int, void*) { return -1; }

Certificate ReadPem(std::string_view pem) {
  const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 64 * 1024))));
  if (text == nullptr || !pem.starts_with("-----BEGIN CERTIFICATE-----")) return nullptr;
  Certificate certificate(PEM_read_bio_X509(text.get(), nullptr, NoPassphrase, nullptr));
  return BIO_pending(text.get()) == 0 ? std::move(certificate) : nullptr;
}

}  // namespace

Result<std::string> MakeRootCertificate(const CertificateText& text, Signer& signer, Random& random) {
  TRY_ASSIGN(const Certificate root, Start(text, signer.public_key(), random));
  X509* const it = root.get();
  const bool done = X509_set_issuer_name(it, X509_get_subject_name(it)) == 1 &&
                    AddExtension(it, it, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    AddExtension(it, it, NID_key_usage, "critical,keyCertSign") &&
                    AddExtension(it, it, NID_subject_key_identifier, "hash");
  if (!done) return NotMade("extensions");
  return Finish(it, signer);
}

Result<std::string> MakeLeafCertificate(const CertificateText& text, LeafUse use, const PublicKey& subject,
                                        const CertificateIssuer& issuer, Random& random) {
  const Certificate root = ReadPem(issuer.certificate_pem);
  if (root == nullptr) return NotMade("the authority's certificate");
  TRY_ASSIGN(const Certificate leaf, Start(text, subject, random));
  X509* const it = leaf.get();
  // The beginning is set back for clocks that differ, so it may lie before that of a root made just now.
  if (ASN1_TIME_compare(X509_get0_notAfter(it), X509_get0_notAfter(root.get())) > 0) {
    return Invalid("it would end after the authority's own");
  }
  const char* const purpose = use == LeafUse::kServer ? "serverAuth" : "clientAuth";
  const bool done = X509_set_issuer_name(it, X509_get_subject_name(root.get())) == 1 &&
                    AddExtension(it, root.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                    AddExtension(it, root.get(), NID_key_usage, "critical,digitalSignature") &&
                    AddExtension(it, root.get(), NID_ext_key_usage, purpose) &&
                    AddExtension(it, root.get(), NID_subject_key_identifier, "hash") &&
                    AddExtension(it, root.get(), NID_authority_key_identifier, "keyid:always");
  if (!done) return NotMade("extensions");
  TRY(AddNames(it, text.names));
  return Finish(it, issuer.signer);
}

Result<void> CheckAuthorityCertificate(std::string_view certificate_pem, const PublicKey& key) {
  const Certificate root = ReadPem(certificate_pem);
  if (root == nullptr) return Invalid("not one PEM certificate");
  const EvpKey expected = ImportPoint(key.point());
  if (expected == nullptr || EVP_PKEY_eq(X509_get0_pubkey(root.get()), expected.get()) != 1) {
    ERR_clear_error();
    return Fault{Reason::kKey, "", "the certificate is of another key"};
  }
  const bool authority = X509_check_ca(root.get()) == 1 && (X509_get_key_usage(root.get()) & KU_KEY_CERT_SIGN) != 0 &&
                         X509_verify(root.get(), expected.get()) == 1;
  if (!authority) return Invalid("not a self-signed certificate of an authority");
  return {};
}

}  // namespace passport
