// X.509 certificates of keys that sign, read strictly (RFC 5280): whose key it is, for which use, until when.
//
// Reading one proves nothing. A certificate counts because the signed registry lists its very bytes, or because its
// chain ends at a root that was handed over another way. Every refusal is kKey with the check it breaks.
//
// Pure. Any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/p256.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::size_t kCertificateBytesMax = 8 * 1024;
inline constexpr std::size_t kCertificateChainMax = 5;

// What a certificate lets its key do: one purpose each, so that a key certified for one is refused for another.
enum class CertificateUse : std::uint8_t { kIssue, kStatus, kRegistry, kReceipt, kTlsServer, kTlsClient };
std::span<const CertificateUse> AllCertificateUses();
// "issue", "status", "registry", "receipt", "tls_server", "tls_client".
std::string_view WordOf(CertificateUse use);
// The extended key usage that says it, dotted. Ours stand under an arc made of a UUID (X.667).
std::string_view OidOf(CertificateUse use);

struct Certificate {
  std::string der;
  Digest fingerprint{};  // SHA-256 of the DER
  Digest key_digest{};   // SHA-256 of the SubjectPublicKeyInfo
  PublicKey key;
  Instant from;
  Instant until;  // the last second it holds
  bool authority = false;
  std::optional<std::int64_t> path_length = {};
  bool may_sign_certificates = false;
  bool may_sign = false;                   // key usage digitalSignature
  std::vector<std::string> purposes = {};  // extended key usage, dotted
  std::vector<std::string> uris = {};      // URI names
  std::string subject = {};                // DER of the names
  std::string issuer = {};
  Digest signed_digest{};  // of what the authority signed
  Signature signature{};
};

// DER of X.509 version 3, a P-256 key, signed with ecdsa-with-SHA256, kCertificateBytesMax at most; no extension twice,
// no critical one that is unknown, nothing behind it.
Result<Certificate> ReadCertificate(std::string_view der);
// One such certificate between its PEM lines, and nothing else but line ends.
Result<Certificate> ReadCertificatePem(std::string_view pem);

// "AB:12:...", as people read fingerprints to each other and as other tools print them.
std::string FingerprintText(const Digest& digest);

// What is asked of the certificate of a signing key.
struct CertificateExpectation {
  CertificateUse use;
  std::string_view uri;  // its one URI name, code point by code point: the `iss`, or the address of the service
  Instant at;
};
// That a leaf is for this and nothing else: no authority, digitalSignature, one purpose, one name, in its time.
Result<void> CheckLeaf(const Certificate& leaf, const CertificateExpectation& expected);
// That `authority` signed `lower` and may sign it: names that follow, an authority in its time, `below` certificates of
// authorities between it and the leaf at most as it allows.
Result<void> CheckSignedBy(const Certificate& lower, const Certificate& authority, std::int64_t below, Instant at);

// The chain of a token (x5c, leaf first) up to a root that is known from elsewhere and is not in it. Returns the leaf.
Result<Certificate> VerifyChain(std::span<const std::string> chain_der, const Certificate& root,
                                const CertificateExpectation& expected);

}  // namespace passport
