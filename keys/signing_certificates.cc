#include "keys/signing_certificates.h"

#include <openssl/pem.h>

#include <algorithm>

#include "credential/crypto/jwk.h"
#include "keys/tls_certificates.h"
#include "keys/x509_certificate.h"
#include "keys/x509_parts.h"

namespace passport {
namespace {

constexpr std::int64_t kSecondsADay = 86400;

Fault BadSigningOrder(std::string detail) { return {Reason::kFieldInvalid, "", std::move(detail)}; }

Result<CertificateSpan> SigningSpanOf(Instant now, int days, int days_max) {
  if (days < 1 || days > days_max) {
    return BadSigningOrder("a certificate's life is not 1 to " + std::to_string(days_max) + " days");
  }
  // Nothing may end at a time that X.509 can not write (9999).
  constexpr std::int64_t kLatest = 250'000'000'000;
  if (now.seconds < kCertificateBackdate.count || now.seconds > kLatest) {
    return BadSigningOrder("now is not a usable time");
  }
  return CertificateSpan{.from = now - kCertificateBackdate, .to = now + Seconds{days * kSecondsADay}};
}

// An authority signs one certificate for a key at one time, so these two make the number unique; and nobody can choose
// it, because nobody can choose a key's digest.
CertificateSerial SerialOf(const PublicKey& key, Instant now) {
  const Digest digest = Sha256(Thumbprint(key.point()) + " " + std::to_string(now.seconds));
  CertificateSerial serial{};
  std::copy_n(digest.begin(), serial.size(), serial.begin());
  serial[0] &= 0x7fU;
  return serial;
}

std::string PemOf(const Certificate& certificate) {
  const auto* at = reinterpret_cast<const unsigned char*>(certificate.der.data());
  const x509::HeldCertificate held(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
  const x509::HeldBio text(BIO_new(BIO_s_mem()));
  if (held == nullptr || text == nullptr || PEM_write_bio_X509(text.get(), held.get()) != 1) return "";
  return x509::PemOf(text.get());
}

}  // namespace

Result<std::string> MakeRegionRoot(std::string_view name, Instant now, int days, Signer& root) {
  TRY_ASSIGN(const CertificateSpan span, SigningSpanOf(now, days, kRegionRootDaysMax));
  const CertificateText text{.serial = SerialOf(root.public_key(), now),
                             .common_name = std::string(name),
                             .organisation = "",
                             .span = span,
                             .names = {}};
  return MakeRootCertificate(text, 1, root);
}

Result<std::string> SignIssuingAuthority(const AuthorityTerms& terms, const PublicKey& key, std::string_view root_pem,
                                         Signer& root) {
  TRY_ASSIGN(const CertificateSpan span, SigningSpanOf(terms.now, terms.days, kIssuingAuthorityDaysMax));
  TRY_ASSIGN(const Certificate root_certificate, ReadCertificatePem(root_pem));
  if (root_certificate.key != root.public_key())
    return Fault{Reason::kKey, "", "the root's certificate is of another key"};
  TRY(CheckSignedBy(root_certificate, root_certificate, 0, terms.now));
  const CertificateText text{
      .serial = SerialOf(key, terms.now), .common_name = terms.name, .organisation = "", .span = span, .names = {}};
  const std::string pem(root_pem);
  return MakeAuthorityCertificate(text, key, {pem, root});
}

Result<void> CheckIssuingAuthority(const Certificate& authority, const Certificate& root, const PublicKey& key,
                                   Instant now) {
  const auto refused = [](std::string_view what) {
    return Fault{Reason::kKey, "JWT-12", "issuing authority: " + std::string(what)};
  };
  if (authority.key != key) return refused("the certificate is of another key");
  if (!authority.authority || !authority.may_sign_certificates) return refused("the certificate is of no authority");
  if (authority.der == root.der || authority.subject == authority.issuer) return refused("the certificate is a root");
  if (now < authority.from || now > authority.until) return refused("the certificate is not in its time");
  TRY(CheckSignedBy(root, root, 0, now));
  return CheckSignedBy(authority, root, 1, now);
}

std::optional<CertificateUse> UseOf(KeyRole role) {
  switch (role) {
    case KeyRole::kIssue:
      return CertificateUse::kIssue;
    case KeyRole::kStatus:
      return CertificateUse::kStatus;
    case KeyRole::kRegistry:
      return CertificateUse::kRegistry;
    case KeyRole::kReceipt:
      return CertificateUse::kReceipt;
    case KeyRole::kTlsAuthority:
    case KeyRole::kSeal:
    case KeyRole::kIndex:
    case KeyRole::kIssuingAuthority:
    case KeyRole::kRootAuthority:
      return std::nullopt;
  }
  return std::nullopt;
}

Result<std::string> MakeSigningLeaf(const LeafTerms& terms, const Certificate& authority, Signer& signer) {
  if (terms.now > authority.until) return Fault{Reason::kKeyState, "", "the issuing authority has ended"};
  TRY_ASSIGN(CertificateSpan span, SigningSpanOf(terms.now, kSigningLeafDays, kSigningLeafDays));
  span.to = std::min(span.to, authority.until);
  const CertificateText text{.serial = SerialOf(terms.key, terms.now),
                             .common_name = "Staff passport " + std::string(WordOf(terms.use)),
                             .organisation = terms.owner,
                             .span = span,
                             .names = {{SubjectName::Kind::kUri, terms.uri}}};
  const std::string authority_pem = PemOf(authority);
  TRY_ASSIGN(const std::string pem, MakeLeafCertificate(text, terms.use, terms.key, {authority_pem, signer}));
  TRY_ASSIGN(Certificate leaf, ReadCertificatePem(pem));
  return std::move(leaf.der);
}

}  // namespace passport
