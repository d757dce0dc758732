#include "credential/crypto/certificate.h"

#include <algorithm>
#include <array>

namespace passport {
namespace {

Fault Refused(std::string_view check, std::string_view what) {
  return {Reason::kKey, check, "certificate: " + std::string(what)};
}

Result<void> CheckTime(const Certificate& certificate, Instant at) {
  if (at < certificate.from) return Refused("JWT-12", "not yet in force");
  if (at > certificate.until) return Refused("JWT-12", "expired");
  return {};
}

}  // namespace

std::span<const CertificateUse> AllCertificateUses() {
  static constexpr std::array kAll = {CertificateUse::kIssue,   CertificateUse::kStatus,    CertificateUse::kRegistry,
                                      CertificateUse::kReceipt, CertificateUse::kTlsServer, CertificateUse::kTlsClient};
  return kAll;
}

std::string_view WordOf(CertificateUse use) {
  switch (use) {
    case CertificateUse::kIssue:
      return "issue";
    case CertificateUse::kStatus:
      return "status";
    case CertificateUse::kRegistry:
      return "registry";
    case CertificateUse::kReceipt:
      return "receipt";
    case CertificateUse::kTlsServer:
      return "tls_server";
    case CertificateUse::kTlsClient:
      return "tls_client";
  }
  return "";
}

std::string_view OidOf(CertificateUse use) {
  switch (use) {
    case CertificateUse::kIssue:
      return "2.25.147690645928736152091372123618789837601.1";
    case CertificateUse::kStatus:
      return "2.25.147690645928736152091372123618789837601.2";
    case CertificateUse::kRegistry:
      return "2.25.147690645928736152091372123618789837601.3";
    case CertificateUse::kReceipt:
      return "2.25.147690645928736152091372123618789837601.4";
    case CertificateUse::kTlsServer:
      return "1.3.6.1.5.5.7.3.1";
    case CertificateUse::kTlsClient:
      return "1.3.6.1.5.5.7.3.2";
  }
  return "";
}

std::string FingerprintText(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const std::uint8_t byte : digest) {
    if (!text.empty()) text += ':';
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

Result<void> CheckLeaf(const Certificate& leaf, const CertificateExpectation& expected) {
  if (leaf.authority || leaf.may_sign_certificates) return Refused("JWT-12", "of an authority, not of a signing key");
  if (!leaf.may_sign) return Refused("JWT-12", "its key may not sign");
  if (leaf.subject == leaf.issuer) return Refused("HAIP-13", "self-signed");
  const bool its_use = leaf.purposes.size() == 1 && leaf.purposes.front() == OidOf(expected.use);
  if (!its_use) return Refused("TRUST-08", "not for " + std::string(WordOf(expected.use)) + " alone");
  if (leaf.uris.size() != 1) return Refused("JWT-12", "it has not exactly one URI name");
  if (leaf.uris.front() != expected.uri) return Refused("SDVC-06", "of another name");
  return CheckTime(leaf, expected.at);
}

Result<void> CheckSignedBy(const Certificate& lower, const Certificate& authority, std::int64_t below, Instant at) {
  if (!authority.authority || !authority.may_sign_certificates) return Refused("JWT-12", "signed by no authority");
  if (authority.path_length && below > *authority.path_length) return Refused("JWT-12", "the chain is too long");
  if (lower.issuer != authority.subject) return Refused("JWT-12", "of another authority");
  if (!authority.key.Verify(lower.signed_digest, lower.signature)) {
    return Refused("JWT-12", "its signature is not the authority's");
  }
  return CheckTime(authority, at);
}

Result<Certificate> VerifyChain(std::span<const std::string> chain_der, const Certificate& root,
                                const CertificateExpectation& expected) {
  if (chain_der.empty() || chain_der.size() > kCertificateChainMax) return Refused("JWT-12", "no chain of 1 to 5");
  std::vector<Certificate> chain;
  for (const std::string& der : chain_der) {
    TRY_ASSIGN(Certificate read, ReadCertificate(der));
    if (read.key == root.key) return Refused("HAIP-13", "the anchor is in the chain");
    chain.push_back(std::move(read));
  }
  TRY(CheckLeaf(chain.front(), expected));
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Certificate& above = i + 1 < chain.size() ? chain[i + 1] : root;
    TRY(CheckSignedBy(chain[i], above, static_cast<std::int64_t>(i), expected.at));
  }
  return std::move(chain.front());
}

}  // namespace passport
