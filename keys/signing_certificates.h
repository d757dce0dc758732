// The certificates of keys that sign credentials, status lists, registries and receipts.
//
// Three steps: a root for the region, whose key is kept offline (KeyRole::kRootAuthority in a store of its own); an
// issuing authority, whose key is in the service's key store (kIssuingAuthority) and whose certificate the root signs
// at a ceremony; and one certificate for each signing key, made when the key is. A key keeps its certificate for life,
// so what it signed years ago still carries the one that the registry lists.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/certificate.h"
#include "credential/crypto/signer.h"
#include "credential/vocabulary/instant.h"
#include "keys/key_state.h"

namespace passport {

inline constexpr int kRegionRootDaysMax = 7305;
inline constexpr int kIssuingAuthorityDaysMax = 3653;
// A key signs for a year or two and its credentials live three: the certificate outlives them, unless the issuing
// authority ends before.
inline constexpr int kSigningLeafDays = 2192;

// Self-signed, for authorities that sign leaves. PEM. `days` is 1 to kRegionRootDaysMax. Fails with kFieldInvalid,
// kSigning.
Result<std::string> MakeRegionRoot(std::string_view name, Instant now, int days, Signer& root);

// What the ceremony signs for the key of a request. `days` is 1 to kIssuingAuthorityDaysMax, and it ends no later than
// the root. Fails with kFieldInvalid, kKey when the root's certificate is not one or not of this key, kSigning.
struct AuthorityTerms {
  std::string name;
  Instant now;
  int days;
};
Result<std::string> SignIssuingAuthority(const AuthorityTerms& terms, const PublicKey& key, std::string_view root_pem,
                                         Signer& root);

// That a certificate is that of an issuing authority with this key, signed by this root, in its time. Fails with kKey.
Result<void> CheckIssuingAuthority(const Certificate& authority, const Certificate& root, const PublicKey& key,
                                   Instant now);

// The use of a signing role; nothing for roles whose keys get no certificate here.
std::optional<CertificateUse> UseOf(KeyRole role);

struct LeafTerms {
  CertificateUse use;
  PublicKey key;
  std::string owner;  // "ods:RC9" or "service": the organisation in the subject
  std::string uri;    // its one URI name
  Instant now;
};
// DER. Ends after kSigningLeafDays or with the authority. Fails with kFieldInvalid, kKeyState when the authority has
// ended, kSigning.
Result<std::string> MakeSigningLeaf(const LeafTerms& terms, const Certificate& authority, Signer& signer);

}  // namespace passport
