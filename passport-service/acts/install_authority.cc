#include "passport-service/acts/install_authority.h"

#include "credential/crypto/jwk.h"
#include "keys/signing_certificates.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/request_answers.h"

namespace passport {
namespace {

constexpr KeyRole kRole = KeyRole::kIssuingAuthority;

bool IsActive(const KeyInfo& info) {
  return info.owner == KeyOwner::Service() && info.role == kRole && info.state == KeyState::kActive;
}

}  // namespace

Result<std::shared_ptr<Signer>> InstallAuthority::KeyToCertify(bool replace) {
  const Result<std::shared_ptr<Signer>> present = keys_.SignerFor(KeyOwner::Service(), kRole);
  if (present.ok()) {
    TRY_ASSIGN(const std::optional<CertificateRow> row,
               store_.FindCertificate(Thumbprint((*present)->public_key().point())));
    if (!row) return *present;
    if (!replace) return Fault{Reason::kStateConflict, "", "the issuing authority has its certificate"};
    TRY_ASSIGN(const std::string kid, keys_.Generate(KeyOwner::Service(), kRole, KeyState::kStaged, clock_.Now()));
    TRY(keys_.ChangeState(kid, KeyState::kActive, clock_.Now()));
  } else {
    TRY(keys_.Generate(KeyOwner::Service(), kRole, KeyState::kActive, clock_.Now()));
  }
  return keys_.SignerFor(KeyOwner::Service(), kRole);
}

Result<std::string> InstallAuthority::operator()(std::string_view authority_pem, std::string_view root_pem) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::shared_ptr<Signer> signer, keys_.SignerFor(KeyOwner::Service(), kRole));
  TRY_ASSIGN(const Certificate authority, ReadCertificatePem(authority_pem));
  TRY_ASSIGN(const Certificate root, ReadCertificatePem(root_pem));
  TRY(CheckIssuingAuthority(authority, root, signer->public_key(), now));
  const std::string kid = Thumbprint(signer->public_key().point());
  TRY(ApplyNow(store_, {AddCertificate{{kid, authority.der, root.der, now}},
                        AuditedOfService(now, {.what = "authority.installed", .object = kid})}));
  for (const KeyInfo& info : keys_.List()) {
    if (IsActive(info) && info.kid != kid) TRY(keys_.ChangeState(info.kid, KeyState::kRetired, now));
  }
  return FingerprintText(root.fingerprint);
}

}  // namespace passport
