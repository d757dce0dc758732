// The small certificate authority behind mutual TLS: one root, certificates for servers and for callers.
//
// X.509 v3 (RFC 5280), P-256 and SHA-256 throughout. The root's key is only ever asked to sign, so it can live in the
// key store (KeyRole::kTlsAuthority) or in a hardware module. Certificates are found again by their public key in the
// organisation registry, so there are no revocation lists here.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/signer.h"
#include "credential/vocabulary/caller_identity.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/random.h"
#include "keys/secret.h"

namespace passport {

inline constexpr int kLeafDaysMax = 398;
inline constexpr int kRootDaysMax = 3650;
// Clocks differ: a certificate begins this much before it is made.
inline constexpr Seconds kCertificateBackdate{300};

// A certificate and its key, both PEM.
struct IssuedCertificate {
  std::string certificate_pem;
  Secret private_key_pem;  // PKCS#8, not encrypted: write it 0600
};

// What a server answers to. At least one of dns and ip.
struct ServerNames {
  std::string common_name;       // for people; 1 to 64 printable ASCII characters
  std::vector<std::string> dns;  // "passport.example.nhs.uk", "localhost"; no wildcards
  std::vector<std::string> ip;   // "127.0.0.1", "::1"
};

// Any thread may call.
class CertificateAuthority {
 public:
  // Makes a self-signed root: CA, no further authority below it, may sign certificates only. Valid from five minutes
  // before `now` for `days` (1 to kRootDaysMax). Fails with kFieldInvalid, kSigning.
  static Result<CertificateAuthority> Create(std::string_view name, Instant now, int days,
                                             std::shared_ptr<Signer> signer, Random& random);
  // An authority made earlier. Fails with kFieldInvalid unless it is one certificate of an authority, and with kKey
  // unless it is the certificate of the signer's key.
  static Result<CertificateAuthority> FromPem(std::string_view certificate_pem, std::shared_ptr<Signer> signer);

  const std::string& certificate_pem() const { return certificate_pem_; }

  // A certificate for a server (serverAuth) with a new key. `days` is 1 to kLeafDaysMax, and it must end no later than
  // the root. Fails with kFieldInvalid, kSigning.
  Result<IssuedCertificate> IssueServer(const ServerNames& names, Instant now, int days, Random& random) const;
  // A certificate for a caller (clientAuth), its one URI name: for a key the caller made and keeps, PEM, or with a new
  // key. Fail as IssueServer does.
  Result<std::string> CertifyClient(const CallerIdentity& caller, const PublicKey& key, Instant now, int days,
                                    Random& random) const;
  Result<IssuedCertificate> IssueClient(const CallerIdentity& caller, Instant now, int days, Random& random) const;

 private:
  CertificateAuthority(std::string certificate_pem, std::shared_ptr<Signer> signer)
      : certificate_pem_(std::move(certificate_pem)), signer_(std::move(signer)) {}
  std::string certificate_pem_;
  std::shared_ptr<Signer> signer_;
};

}  // namespace passport
