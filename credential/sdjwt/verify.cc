#include "credential/sdjwt/verify.h"

#include <string>
#include <utility>

#include "credential/crypto/jwt_claims.h"

namespace passport {
namespace {

// JWT-14: media types of tokens that are not credentials, in whatever spelling.
bool IsOtherKind(std::string_view typ) {
  std::string lower;
  for (const char c : typ) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  std::string_view kind = lower;
  constexpr std::string_view kPrefix = "application/";
  if (kind.starts_with(kPrefix)) kind.remove_prefix(kPrefix.size());
  return kind == "kb+jwt" || kind == "statuslist+jwt" || kind.starts_with("dsp-");
}

Result<void> CheckKind(const json::Value& header) {
  const json::Value* typ = header.Find("typ");
  if (typ == nullptr) return {};
  if (!typ->is_string()) return Fault{Reason::kTyp, "JWT-09", "typ is not a string"};
  if (IsOtherKind(*typ->text())) return Fault{Reason::kTyp, "JWT-14", "typ is that of another kind of token"};
  return {};
}

Result<VerifiedJws> VerifyIssuerJwt(std::string_view jwt, const SdJwtExpectation& expected, IssuerKeys& issuer_keys,
                                    json::Tree& tree) {
  const JwsRules rules{.typ = expected.typ,
                       .allowed_algs = expected.allowed_algs,
                       .token_bytes = expected.limits.presentation_bytes,
                       .header_bytes = expected.limits.header_bytes,
                       .payload = expected.limits.payload};
  TRY_ASSIGN(const UnverifiedJws unverified, UnverifiedJws::Read(jwt, rules, tree));
  TRY_ASSIGN(const VerifiedJws verified, issuer_keys.Verify(unverified));
  if (expected.typ.empty()) TRY(CheckKind(*verified.header));
  return verified;
}

// JWT-11.
Result<void> CheckIsText(const json::Value& claims, std::string_view name) {
  const json::Value* value = claims.Find(name);
  if (value == nullptr || value->is_string()) return {};
  return Fault{Reason::kClaims, "JWT-11", std::string(name) + " is not a string"};
}

// SDJWT-17: a credential made for one audience is for nobody else. Without an expectation only the type is judged.
Result<void> CheckAudience(const json::Value& claims, const KeyBinding& policy) {
  const json::Value* audience = claims.Find("aud");
  if (audience == nullptr) return {};
  const auto* required = std::get_if<RequireKeyBinding>(&policy);
  bool names_us = required == nullptr;
  const auto judge = [&](const json::Value& name) {
    if (required != nullptr && name.text() == required->audience) names_us = true;
    return name.is_string();
  };
  bool is_text = true;
  if (audience->is_array()) {
    for (const json::Value& name : *audience) is_text = judge(name) && is_text;
  } else {
    is_text = judge(*audience);
  }
  if (!is_text) return Fault{Reason::kAud, "SDJWT-17", "aud is neither a string nor an array of strings"};
  if (!names_us) return Fault{Reason::kAud, "SDJWT-17", "aud does not name this verifier"};
  return {};
}

}  // namespace

Result<VerifiedSdJwt> VerifySdJwt(std::string_view token, const SdJwtExpectation& expected, IssuerKeys& issuer_keys,
                                  ClaimRules* rules, json::Tree& tree) {
  TRY(CheckKeyBindingPolicy(expected.key_binding));
  TRY_ASSIGN(const SdJwtText text, SplitSdJwt(token, expected.limits));
  const bool required = std::holds_alternative<RequireKeyBinding>(expected.key_binding);
  if (required && text.key_binding_jwt.empty()) {
    return Fault{Reason::kKbMissing, "KB-01", "key binding is required and there is no KB-JWT"};
  }
  TRY_ASSIGN(const VerifiedJws jws, VerifyIssuerJwt(text.issuer_jwt, expected, issuer_keys, tree));
  TRY_ASSIGN(DisclosureReport report, Disclose(*jws.payload, text.disclosures, tree, expected.limits));
  VerifiedSdJwt verified{.header = jws.header,
                         .claims = jws.payload,
                         .signing_input_digest = jws.signing_input_digest,
                         .report = std::move(report),
                         .key_binding = std::nullopt};
  if (rules != nullptr) TRY(rules->Check(verified));
  TRY(CheckTimes(*verified.claims, expected.now, expected.leeway));
  TRY(CheckIsText(*verified.claims, "iss"));
  TRY(CheckIsText(*verified.claims, "sub"));
  TRY(CheckAudience(*verified.claims, expected.key_binding));
  if (!text.key_binding_jwt.empty()) {
    const KeyBindingTerms terms{.policy = expected.key_binding,
                                .now = expected.now,
                                .leeway = expected.leeway,
                                .allowed_algs = expected.allowed_algs,
                                .limits = expected.limits};
    TRY_ASSIGN(verified.key_binding, VerifyKeyBinding(text.key_binding_jwt, text.bound, *verified.claims, terms, tree));
  }
  return verified;
}

}  // namespace passport
