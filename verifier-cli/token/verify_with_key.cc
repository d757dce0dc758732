#include "verifier-cli/token/verify_with_key.h"

#include <utility>

#include "credential/credential/credential.h"
#include "credential/credential/vc_claims.h"
#include "verifier-cli/token/members.h"

namespace passport {
namespace {

// What an SD-JWT VC owes to everybody. Other kinds of SD-JWT owe nothing here.
class VcClaimRules final : public ClaimRules {
 public:
  Result<void> Check(const VerifiedSdJwt& token) override {
    const json::Value* typ = token.header->Find("typ");
    if (typ == nullptr || typ->text() != kCredentialTyp) return {};
    TRY(CheckProtectedClaims(token.report));
    TRY_ASSIGN(const std::string_view vct, ReadVct(*token.claims));
    return CheckAliases(*token.claims, vct);
  }
};

}  // namespace

Result<KeySet> ReadIssuerKeys(const json::Value& value) {
  constexpr std::string_view kWhere = "issuer key";
  if (!value.is_object()) return ConfigFault(kWhere, "is not a JWK or a JWK set");
  if (const json::Value* keys = value.Find("keys"); keys != nullptr) {
    if (!keys->is_array() || keys->size() == 0) return ConfigFault(kWhere, "set holds no array of keys");
    return KeySet::Read(*keys);
  }
  if (value.Find("kty") == nullptr) return ConfigFault(kWhere, "is not a JWK or a JWK set");
  return KeySet::ReadOne(value);
}

TokenVerdict VerifyWithKey(std::string_view token, const KeySet& keys, const KeyQuestion& question) {
  const SdJwtExpectation expected{.now = question.now,
                                  .leeway = question.leeway,
                                  .allowed_algs = Es256Only(),
                                  .typ = {},
                                  .key_binding = question.key_binding,
                                  .limits = kSdJwtLimits};
  FixedKeys issuer_keys(keys);
  VcClaimRules rules;
  json::Tree tree;
  Result<VerifiedSdJwt> verified = VerifySdJwt(token, expected, issuer_keys, &rules, tree);
  if (!verified.ok()) return TokenVerdict::Refused(std::move(verified).fault());
  return {.refused = std::nullopt,
          .claims = json::Write(*verified->claims),
          .status_unchecked = verified->claims->Find("status") != nullptr};
}

}  // namespace passport
