#include "keys/x509_certificate.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <memory>
#include <span>
#include <utility>

#include "keys/x509_parts.h"

namespace passport {
namespace {

using x509::AddText;
using x509::HeldCertificate;
using x509::Invalid;
using x509::IsPrintable;
using x509::NotMade;
using Extension = std::unique_ptr<X509_EXTENSION, x509::FreeWith<X509_EXTENSION_free>>;
using BigNumber = std::unique_ptr<BIGNUM, x509::FreeWith<BN_free>>;

constexpr std::size_t kNameMax = 64;  // ub-common-name and ub-organization-name, RFC 5280 appendix A

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
  const x509::HeldNames list(GENERAL_NAMES_new());
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

bool SetSerial(X509* certificate, const CertificateSerial& serial) {
  const BigNumber number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  return number != nullptr && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

// All but issuer name, extensions and signature.
Result<HeldCertificate> Start(const CertificateText& text, const PublicKey& subject) {
  const bool names_fit = !text.common_name.empty() && text.common_name.size() <= kNameMax &&
                         text.organisation.size() <= kNameMax && IsPrintable(text.common_name) &&
                         IsPrintable(text.organisation);
  if (!names_fit) return Invalid("a subject name is not 1 to 64 printable ASCII characters");
  HeldCertificate certificate(X509_new());
  const x509::HeldKey key = x509::ImportPoint(subject.point());
  if (certificate == nullptr || key == nullptr) return NotMade("key");
  X509_NAME* const name = X509_get_subject_name(certificate.get());
  const bool done = X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                    SetSerial(certificate.get(), text.serial) &&
                    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), text.span.from.seconds) != nullptr &&
                    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), text.span.to.seconds) != nullptr &&
                    (text.organisation.empty() || AddText(name, "O", text.organisation)) &&
                    AddText(name, "CN", text.common_name) && X509_set_pubkey(certificate.get(), key.get()) == 1;
  if (!done) return NotMade("fields");
  return certificate;
}

Result<std::string> Finish(X509* draft, Signer& signer) {
  const x509::HeldKey throw_away = x509::ThrowAwayKey();
  if (throw_away == nullptr || X509_sign(draft, throw_away.get(), EVP_sha256()) == 0) return NotMade("draft");
  const x509::DerBytes signed_part = x509::WriteDer([&](unsigned char** out) { return i2d_re_X509_tbs(draft, out); });
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, draft);
  TRY_ASSIGN(const x509::DerBytes whole, x509::SignAgain(signed_part, algorithm, signer));
  const unsigned char* at = whole.data();
  const HeldCertificate made(d2i_X509(nullptr, &at, static_cast<long>(whole.size())));
  const x509::HeldKey key = x509::ImportPoint(signer.public_key().point());
  if (made == nullptr || key == nullptr || X509_verify(made.get(), key.get()) != 1) return NotMade("verification");
  const x509::HeldBio text(BIO_new(BIO_s_mem()));
  if (text == nullptr || PEM_write_bio_X509(text.get(), made.get()) != 1) return NotMade("PEM");
  return x509::PemOf(text.get());
}

// A certificate under another one, but for its extensions.
struct Lower {
  HeldCertificate issuer;
  HeldCertificate it;
};
Result<Lower> StartUnder(const CertificateText& text, const PublicKey& subject, const CertificateIssuer& issuer) {
  Lower lower{.issuer = x509::ReadCertificatePem(issuer.certificate_pem), .it = nullptr};
  if (lower.issuer == nullptr) return NotMade("the authority's certificate");
  TRY_ASSIGN(lower.it, Start(text, subject));
  // The beginning is set back for clocks that differ, so it may lie before that of a root made just now.
  if (ASN1_TIME_compare(X509_get0_notAfter(lower.it.get()), X509_get0_notAfter(lower.issuer.get())) > 0) {
    return Invalid("it would end after the authority's own");
  }
  if (X509_set_issuer_name(lower.it.get(), X509_get_subject_name(lower.issuer.get())) != 1) return NotMade("fields");
  return lower;
}

bool AddKeyIdentifiers(const Lower& lower) {
  return AddExtension(lower.it.get(), lower.issuer.get(), NID_subject_key_identifier, "hash") &&
         AddExtension(lower.it.get(), lower.issuer.get(), NID_authority_key_identifier, "keyid:always");
}

bool IsTls(CertificateUse use) { return use == CertificateUse::kTlsServer || use == CertificateUse::kTlsClient; }

}  // namespace

Result<std::string> MakeRootCertificate(const CertificateText& text, int authorities_below, Signer& signer) {
  TRY_ASSIGN(const HeldCertificate root, Start(text, signer.public_key()));
  X509* const it = root.get();
  const std::string constraints = "critical,CA:TRUE,pathlen:" + std::to_string(authorities_below);
  const bool done = X509_set_issuer_name(it, X509_get_subject_name(it)) == 1 &&
                    AddExtension(it, it, NID_basic_constraints, constraints.c_str()) &&
                    AddExtension(it, it, NID_key_usage, "critical,keyCertSign") &&
                    AddExtension(it, it, NID_subject_key_identifier, "hash");
  if (!done) return NotMade("extensions");
  return Finish(it, signer);
}

Result<std::string> MakeAuthorityCertificate(const CertificateText& text, const PublicKey& subject,
                                             const CertificateIssuer& issuer) {
  TRY_ASSIGN(const Lower lower, StartUnder(text, subject, issuer));
  X509* const it = lower.it.get();
  const bool done = AddExtension(it, it, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    AddExtension(it, it, NID_key_usage, "critical,keyCertSign") && AddKeyIdentifiers(lower);
  if (!done) return NotMade("extensions");
  return Finish(it, issuer.signer);
}

Result<std::string> MakeLeafCertificate(const CertificateText& text, CertificateUse use, const PublicKey& subject,
                                        const CertificateIssuer& issuer) {
  TRY_ASSIGN(const Lower lower, StartUnder(text, subject, issuer));
  X509* const it = lower.it.get();
  const std::string purpose = (IsTls(use) ? "" : "critical,") + std::string(OidOf(use));
  const bool done = AddExtension(it, it, NID_basic_constraints, "critical,CA:FALSE") &&
                    AddExtension(it, it, NID_key_usage, "critical,digitalSignature") &&
                    AddExtension(it, it, NID_ext_key_usage, purpose.c_str()) && AddKeyIdentifiers(lower);
  if (!done) return NotMade("extensions");
  TRY(AddNames(it, text.names));
  return Finish(it, issuer.signer);
}

Result<void> CheckAuthorityCertificate(std::string_view certificate_pem, const PublicKey& key) {
  const HeldCertificate root = x509::ReadCertificatePem(certificate_pem);
  if (root == nullptr) return Invalid("not one PEM certificate");
  const x509::HeldKey expected = x509::ImportPoint(key.point());
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
