#include "verifier-cli/token/verify_with_policy.h"

#include <algorithm>
#include <vector>

#include "credential/credential/verify_credential.h"
#include "credential/status/status_judgement.h"

namespace passport {
namespace {

constexpr Seconds kProofAgeMax{300};  // for a proof that was not asked for

// One answer to one question.
template <class T>
Result<std::optional<T>> Agreed(std::optional<T> policy, std::optional<T> challenge, std::string_view what) {
  if (policy && challenge && *policy != *challenge) {
    return Fault{Reason::kConfig, "", "the policy and what stands beside it name another " + std::string(what)};
  }
  return policy ? policy : challenge;
}

std::optional<std::string_view> ViewOf(const std::optional<std::string>& text) {
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

bool Names(const json::Value& audience, std::string_view us) {
  if (!audience.is_array()) return audience.text() == us;
  return std::any_of(audience.begin(), audience.end(), [&](const json::Value& name) { return name.text() == us; });
}

// Where no proof is demanded, what is expected must still not be contradicted (SDJWT-17, KB-11).
Result<void> CheckContradictions(const VerifiedCredential& credential, std::optional<std::string_view> nonce,
                                 std::optional<std::string_view> audience) {
  const json::Value* addressed = credential.claims->Find("aud");
  if (audience && addressed != nullptr && !Names(*addressed, *audience)) {
    return Fault{Reason::kAud, "SDJWT-17", "aud does not name this verifier"};
  }
  if (!credential.key_binding) return {};
  const json::Value& proof = *credential.key_binding->claims;
  const auto differs = [&](std::string_view name, std::optional<std::string_view> expected) {
    const json::Value* value = proof.Find(name);
    return expected && (value == nullptr || value->text() != *expected);
  };
  if (differs("nonce", nonce)) {
    return Fault{Reason::kKbNonce, "KB-06", "nonce of the KB-JWT is not the challenge"};
  }
  if (differs("aud", audience)) {
    return Fault{Reason::kKbAud, "KB-07", "aud of the KB-JWT is not exactly this verifier"};
  }
  return {};
}

}  // namespace

Result<PolicyVerifier::Terms> PolicyVerifier::TermsOf(const Challenge& challenge, Instant clock) const {
  Terms terms;
  TRY_ASSIGN(const std::optional<Instant> now, Agreed(policy_.now, challenge.at, "time"));
  TRY_ASSIGN(terms.nonce, Agreed(ViewOf(policy_.nonce), challenge.nonce, "nonce"));
  TRY_ASSIGN(terms.audience, Agreed(ViewOf(policy_.audience), challenge.audience, "audience"));
  terms.now = now.value_or(clock);
  return terms;
}

KeyBinding PolicyVerifier::KeyBindingFor(std::string_view token, const Terms& terms) const {
  const bool volunteered = !token.ends_with('~') && terms.nonce && terms.audience;
  if (!policy_.require_kb && !volunteered) return NoKeyBinding{.proof_age_max = policy_.proof_age_max};
  return RequireKeyBinding{.audience = terms.audience.value_or(""),
                           .nonce = terms.nonce.value_or(""),
                           .proof_age_max = policy_.proof_age_max.value_or(kProofAgeMax)};
}

Result<std::string> PolicyVerifier::Claims(std::string_view token, const Challenge& challenge, Instant clock) {
  TRY_ASSIGN(const Terms terms, TermsOf(challenge, clock));
  const std::vector<std::string_view> algs(policy_.allowed_algs.begin(), policy_.allowed_algs.end());
  const CredentialExpectation expected{.now = terms.now,
                                       .leeway = policy_.leeway,
                                       .allowed_algs = algs,
                                       .key_binding = KeyBindingFor(token, terms),
                                       .limits = policy_.limits,
                                       .requested_vcts = policy_.requested_vcts};
  json::Tree tree;
  Result<VerifiedCredential> credential = VerifyCredential(token, expected, policy_.issuers, statuses_, tree);
  if (!credential.ok()) {
    Fault fault = std::move(credential).fault();
    if (fault.check == "SDVC-06" && policy_.issuers.left_out() > 0) {
      fault.check = "TRUST-05";
      fault.detail += "; entries that share a key are left out";
    }
    return fault;
  }
  TRY(CheckContradictions(*credential, terms.nonce, terms.audience));
  TRY_ASSIGN(const StatusReading status, std::move(credential->status));
  TRY(JudgeStatusValue(status.value));
  TRY(policy_.required.Check(*credential->claims));
  return json::Write(*credential->claims);
}

TokenVerdict PolicyVerifier::Judge(std::string_view token, const Challenge& challenge, Instant clock) {
  Result<std::string> claims = Claims(token, challenge, clock);
  if (!claims.ok()) return TokenVerdict::Refused(std::move(claims).fault());
  return {.refused = std::nullopt, .claims = std::move(claims).value()};
}

}  // namespace passport
