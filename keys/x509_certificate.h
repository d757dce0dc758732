// One X.509 v3 certificate: P-256, ecdsa-with-SHA256, signed by whatever can sign.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/signer.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/random.h"

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

struct CertificateText {
  std::string common_name;   // 1 to 64 printable ASCII characters
  std::string organisation;  // the same, or empty for none
  CertificateSpan span;
  std::vector<SubjectName> names;
};

enum class LeafUse : std::uint8_t { kServer, kClient };

struct CertificateIssuer {
  const std::string& certificate_pem;
  Signer& signer;
};

// Both return PEM and have verified the new signature. Fail with kFieldInvalid when a name can not be written or a leaf
// does not lie within its root's time, kSigning when signing did not work.
Result<std::string> MakeRootCertificate(const CertificateText& text, Signer& signer, Random& random);
Result<std::string> MakeLeafCertificate(const CertificateText& text, LeafUse use, const PublicKey& subject,
                                        const CertificateIssuer& issuer, Random& random);

// One PEM certificate of an authority that may sign certificates, of this key, self-signed: otherwise kFieldInvalid, or
// kKey when it is of another key.
Result<void> CheckAuthorityCertificate(std::string_view certificate_pem, const PublicKey& key);

}  // namespace passport
