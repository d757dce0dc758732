#include "keys/tls_certificates.h"

#include <limits>

#include "keys/private_key.h"
#include "keys/x509_certificate.h"

namespace passport {
namespace {

constexpr std::int64_t kDaySeconds = 86400;

Fault BadTlsOrder(std::string detail) { return {Reason::kFieldInvalid, "", std::move(detail)}; }

Result<CertificateSpan> TlsSpanOf(Instant now, int days, int days_max) {
  if (days < 1 || days > days_max) {
    return BadTlsOrder("a certificate's life is not 1 to " + std::to_string(days_max) + " days");
  }
  // A root must not end at a time that X.509 can not write (9999).
  constexpr std::int64_t kLatest = 250'000'000'000;
  if (now.seconds < kCertificateBackdate.count || now.seconds > kLatest) return BadTlsOrder("now is not a usable time");
  return CertificateSpan{.from = now - kCertificateBackdate, .to = now + Seconds{days * kDaySeconds}};
}

CertificateSerial DrawSerial(Random& random) {
  CertificateSerial serial{};
  random.Fill(serial);
  return serial;
}

}  // namespace

Result<CertificateAuthority> CertificateAuthority::Create(std::string_view name, Instant now, int days,
                                                          std::shared_ptr<Signer> signer, Random& random) {
  TRY_ASSIGN(const CertificateSpan span, TlsSpanOf(now, days, kRootDaysMax));
  const CertificateText text{
      .serial = DrawSerial(random), .common_name = std::string(name), .organisation = "", .span = span, .names = {}};
  TRY_ASSIGN(std::string pem, MakeRootCertificate(text, 0, *signer));
  return CertificateAuthority(std::move(pem), std::move(signer));
}

Result<CertificateAuthority> CertificateAuthority::FromPem(std::string_view certificate_pem,
                                                           std::shared_ptr<Signer> signer) {
  TRY(CheckAuthorityCertificate(certificate_pem, signer->public_key()));
  return CertificateAuthority(std::string(certificate_pem), std::move(signer));
}

Result<IssuedCertificate> CertificateAuthority::IssueServer(const ServerNames& names, Instant now, int days,
                                                            Random& random) const {
  if (names.dns.empty() && names.ip.empty()) return BadTlsOrder("a server has no DNS name and no IP address");
  TRY_ASSIGN(const CertificateSpan span, TlsSpanOf(now, days, kLeafDaysMax));
  CertificateText text{
      .serial = DrawSerial(random), .common_name = names.common_name, .organisation = "", .span = span, .names = {}};
  for (const std::string& name : names.dns) text.names.push_back({SubjectName::Kind::kDns, name});
  for (const std::string& name : names.ip) text.names.push_back({SubjectName::Kind::kIp, name});
  TRY_ASSIGN(const PrivateKey key, PrivateKey::Generate());
  TRY_ASSIGN(std::string pem,
             MakeLeafCertificate(text, CertificateUse::kTlsServer, key.public_key(), {certificate_pem_, *signer_}));
  TRY_ASSIGN(Secret key_pem, key.ToPem());
  return IssuedCertificate{std::move(pem), std::move(key_pem)};
}

Result<std::string> CertificateAuthority::CertifyClient(const CallerIdentity& caller, const PublicKey& key, Instant now,
                                                        int days, Random& random) const {
  TRY_ASSIGN(const CertificateSpan span, TlsSpanOf(now, days, kLeafDaysMax));
  const CertificateText text{.serial = DrawSerial(random),
                             .common_name = caller.system.text(),
                             .organisation = caller.organisation.text(),
                             .span = span,
                             .names = {{SubjectName::Kind::kUri, SpiffeUri(caller)}}};
  return MakeLeafCertificate(text, CertificateUse::kTlsClient, key, {certificate_pem_, *signer_});
}

Result<IssuedCertificate> CertificateAuthority::IssueClient(const CallerIdentity& caller, Instant now, int days,
                                                            Random& random) const {
  TRY_ASSIGN(const PrivateKey key, PrivateKey::Generate());
  TRY_ASSIGN(std::string pem, CertifyClient(caller, key.public_key(), now, days, random));
  TRY_ASSIGN(Secret key_pem, key.ToPem());
  return IssuedCertificate{std::move(pem), std::move(key_pem)};
}

}  // namespace passport
