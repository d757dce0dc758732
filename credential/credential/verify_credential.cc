#include "credential/credential/verify_credential.h"

#include <algorithm>

#include "credential/credential/credential.h"
#include "credential/credential/vc_claims.h"
#include "credential/crypto/jwt_claims.h"
#include "credential/encoding/base64url.h"
#include "credential/trust/issuer_authority.h"

namespace passport {
namespace {

// Whose keys may have signed this. Remembers the issuer for the rules that follow.
class DirectoryKeys final : public IssuerKeys {
 public:
  DirectoryKeys(const IssuerDirectory& issuers, const KnownIssuers* memory) : issuers_(issuers), memory_(memory) {}
  Result<VerifiedJws> Verify(const UnverifiedJws& token) override {
    const std::optional<std::string_view> name = token.issuer();
    if (!name && token.has_issuer()) return Fault{Reason::kClaims, "JWT-11", "iss is not a string"};
    if (!name) return Fault{Reason::kMissing, "SDJWT-18", "iss is missing"};
    issuer_ = issuers_.Find(*name);
    if (issuer_ == nullptr) return Fault{Reason::kIssuer, "SDVC-06", "the issuer is not in the registry"};
    TRY_ASSIGN(const VerifiedJws verified, issuer_->keys.Verify(token, memory_));
    if (issuer_->listed == nullptr) return verified;
    key_ = FindKey(issuer_->listed->issue_keys, verified.key);
    assert(key_ != nullptr);
    TRY(CheckMechanism(*issuer_->listed, *key_, FirstOfX5c(*verified.header)));
    return verified;
  }
  const TrustedIssuer* issuer() const { return issuer_; }
  // The listed key that signed it; null for an issuer that no registry lists.
  const RegistryKey* key() const { return key_; }

 private:
  const IssuerDirectory& issuers_;
  const KnownIssuers* memory_;
  const TrustedIssuer* issuer_ = nullptr;
  const RegistryKey* key_ = nullptr;
};

// True if a disclosure claims to be `iss`. Used for the reason of a refusal only: without `iss` in the clear there is
// no issuer to ask.
bool DisclosesIssuer(std::string_view token, const SdJwtLimits& limits) {
  const Result<SdJwtText> text = SplitSdJwt(token, limits);
  if (!text.ok()) return false;
  return std::any_of(text->disclosures.begin(), text->disclosures.end(), [&](std::string_view disclosure) {
    json::Tree tree;
    const Result<json::Value*> parsed = tree.ParseBase64Url(disclosure, limits.payload);
    return parsed.ok() && (*parsed)->size() == 3 && std::next((*parsed)->begin())->text() == "iss";
  });
}

class VcRules final : public ClaimRules {
 public:
  VcRules(const CredentialExpectation& expected, const DirectoryKeys& keys) : expected_(expected), keys_(keys) {}

  Result<void> Check(const VerifiedSdJwt& token) override {
    TRY(CheckProtectedClaims(token.report));
    // A W3C credential in a JWT is another kind of token, whatever its typ says.
    const bool w3c = token.claims->Find("vc") != nullptr || token.claims->Find("vp") != nullptr;
    if (w3c) return Fault{Reason::kTyp, "VCDM-01", "a W3C credential is not a staff passport credential"};
    TRY(CheckType(*token.claims));
    TRY(ReadHeldAs(*token.claims));
    return CheckPresent(*token.claims);
  }

 private:
  Result<void> CheckType(const json::Value& claims) const {
    TRY_ASSIGN(const std::string_view vct, ReadVct(claims));
    const auto requested = expected_.requested_vcts;
    if (std::find(requested.begin(), requested.end(), vct) == requested.end()) {
      return Fault{Reason::kVct, "SDVC-02", "vct was not asked for"};
    }
    if (!keys_.issuer()->MayIssue(vct)) {
      return Fault{Reason::kIssuer, "SDVC-03", "the issuer may not issue this vct"};
    }
    return CheckAliases(claims, vct);
  }

  Result<void> CheckPresent(const json::Value& claims) const {
    if (claims.Find("exp") == nullptr && claims.Find("status") == nullptr) {
      return Fault{Reason::kMissing, "SDJWT-18", "neither exp nor status"};
    }
    return {};
  }

  const CredentialExpectation& expected_;
  const DirectoryKeys& keys_;
};

// SDVC-03 at the time of issue, by what the registry says now.
Result<Reason> StandingOf(const DirectoryKeys& keys, std::string_view vct, std::optional<Instant> issued_at,
                          Instant now) {
  if (keys.key() == nullptr) return Reason::kNone;
  if (!issued_at) return Fault{Reason::kMissing, "SDJWT-18", "iat is missing"};
  return JudgeAuthority(*keys.issuer()->listed, {.vct = vct, .key = *keys.key(), .issued_at = *issued_at}, now);
}

std::string_view KidOf(const json::Value& header) {
  const json::Value* kid = header.Find("kid");
  return kid != nullptr && kid->is_string() ? *kid->text() : std::string_view();
}

Result<StatusReading> ReadStatus(const json::Value& claims, const TrustedIssuer& issuer, StatusSource& statuses,
                                 Instant now) {
  TRY_ASSIGN(const std::optional<StatusReference> reference, ReadStatusReference(claims));
  if (!reference) return StatusReading{.value = 0, .as_of = now};
  if (!issuer.MayUseStatusUri(reference->uri))
    return Fault{Reason::kStatus, "TSL-04", "status uri is not the issuer's"};
  return statuses.Read(*reference, issuer, now);
}

}  // namespace

Result<VerifiedCredential> VerifyCredential(std::string_view token, const CredentialExpectation& expected,
                                            const IssuerDirectory& issuers, StatusSource& statuses, json::Tree& tree,
                                            const KnownIssuers* memory) {
  const SdJwtExpectation sd_jwt{.now = expected.shown_at.value_or(expected.now),
                                .leeway = expected.leeway,
                                .allowed_algs = expected.allowed_algs,
                                .typ = kCredentialTyp,
                                .key_binding = expected.key_binding,
                                .limits = expected.limits};
  DirectoryKeys keys(issuers, memory);
  VcRules rules(expected, keys);
  Result<VerifiedSdJwt> verified = VerifySdJwt(token, sd_jwt, keys, &rules, tree);
  if (!verified.ok()) {
    const bool no_issuer = verified.fault().reason == Reason::kMissing && keys.issuer() == nullptr;
    if (no_issuer && DisclosesIssuer(token, expected.limits)) {
      return Fault{Reason::kDisclosure, "SDVC-04", "iss is not in the clear"};
    }
    return std::move(verified).fault();
  }
  const json::Value& claims = *verified->claims;
  TRY_ASSIGN(const std::optional<Instant> issued_at, ReadTime(claims, "iat"));
  TRY_ASSIGN(const std::optional<Instant> expires_at, ReadTime(claims, "exp"));
  const std::string_view vct = *claims.Find("vct")->text();
  TRY_ASSIGN(const HeldAs held_as, ReadHeldAs(claims));
  TRY_ASSIGN(const Reason issuer_standing, StandingOf(keys, vct, issued_at, expected.now));
  return VerifiedCredential{.issuer = keys.issuer(),
                            .claims = verified->claims,
                            .signing_input_digest = verified->signing_input_digest,
                            .vct = vct,
                            .kid = KidOf(*verified->header),
                            .issued_at = issued_at.value_or(Instant{}),
                            .expires_at = expires_at,
                            .held_as = held_as,
                            .key_binding = verified->key_binding,
                            .issuer_standing = issuer_standing,
                            .status = ReadStatus(claims, *keys.issuer(), statuses, expected.now)};
}

}  // namespace passport
