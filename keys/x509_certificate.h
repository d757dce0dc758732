// One X.509 v3 certificate: P-256, ecdsa-with-SHA256, signed by whatever can sign.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/certificate.h"
#include "credential/crypto/signer.h"
#include "credential/vocabulary/instant.h"

namespace passport {

struct CertificateSpan {
  Instant from;
  Instant to;
};

struct SubjectName {
  enum class Kind : std::uint8_t { kDns, kIp, kUri };
  Kind kind;
  std::string text;
};

// Unique among the certificates of one authority.
using CertificateSerial = std::array<std::uint8_t, 16>;

struct CertificateText {
  CertificateSerial serial;
  std::string common_name;   // 1 to 64 printable ASCII characters
  std::string organisation;  // the same, or empty for none
  CertificateSpan span;
  std::vector<SubjectName> names;
};

struct CertificateIssuer {
  const std::string& certificate_pem;
  Signer& signer;
};

// All return PEM and have verified the new signature. Fail with kFieldInvalid when a name can not be written or the
// certificate would end after the one it is signed with, kSigning when signing did not work.

// Self-signed. `authorities_below` more authorities may stand between it and a leaf.
Result<std::string> MakeRootCertificate(const CertificateText& text, int authorities_below, Signer& signer);
// An authority for leaves only.
Result<std::string> MakeAuthorityCertificate(const CertificateText& text, const PublicKey& subject,
                                             const CertificateIssuer& issuer);
Result<std::string> MakeLeafCertificate(const CertificateText& text, CertificateUse use, const PublicKey& subject,
                                        const CertificateIssuer& issuer);

// One PEM certificate of an authority that may sign certificates, of this key, self-signed: otherwise kFieldInvalid, or
// kKey when it is of another key.
Result<void> CheckAuthorityCertificate(std::string_view certificate_pem, const PublicKey& key);

// Asks an authority elsewhere for a certificate (PKCS#10, RFC 2986), PEM. It is signed with the key it is for, so
// nobody can ask for the key of another. Fails with kFieldInvalid, kSigning.
Result<std::string> MakeCertificateRequest(const std::string& common_name, Signer& signer);
// The key of such a request. What else it asks for is not looked at: the authority decides. Fails with kFieldInvalid
// unless it is one, of a P-256 key, signed with that key.
Result<PublicKey> ReadCertificateRequest(std::string_view request_pem);

}  // namespace passport
