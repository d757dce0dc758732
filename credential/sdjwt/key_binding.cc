#include "credential/sdjwt/key_binding.h"

#include <optional>
#include <string>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/crypto/jwt_claims.h"
#include "credential/crypto/sha256.h"

namespace passport {
namespace {

constexpr std::string_view kKbTyp = "kb+jwt";

Fault BadKey(std::string_view what) { return {Reason::kKbKey, "KB-02", std::string(what)}; }
Fault BadTime(std::string_view check, std::string_view what) { return {Reason::kKbTime, check, std::string(what)}; }

// A fault of the JOSE layer in the words of key binding; the others say the same for any token.
Fault OfKeyBinding(Fault fault) {
  if (fault.reason == Reason::kTyp) return {Reason::kKbTyp, "KB-04", std::move(fault.detail)};
  if (fault.reason == Reason::kSig) return {Reason::kKbSig, "KB-03", std::move(fault.detail)};
  if (fault.reason == Reason::kKey) return {Reason::kKbKey, "KB-02", std::move(fault.detail)};
  if (fault.reason == Reason::kTime) return {Reason::kKbTime, "KB-09", std::move(fault.detail)};
  return fault;
}

std::optional<Seconds> ProofAgeMax(const KeyBinding& policy) {
  if (const auto* required = std::get_if<RequireKeyBinding>(&policy)) return required->proof_age_max;
  return std::get<NoKeyBinding>(policy).proof_age_max;
}

// KB-05 and KB-09.
Result<Instant> CheckProofTimes(const json::Value& proof, const json::Value& claims, const KeyBindingTerms& terms) {
  Result<std::optional<Instant>> made_at = ReadTime(proof, "iat");
  if (!made_at.ok() || !*made_at) return BadTime("KB-05", "iat of the KB-JWT is not a time");
  const Instant made = **made_at;
  if (made > terms.now + kProofAheadMax) return BadTime("KB-05", "iat of the KB-JWT is in the future");
  if (const std::optional<Seconds> age_max = ProofAgeMax(terms.policy); age_max && made < terms.now - *age_max) {
    return BadTime("KB-05", "the KB-JWT is too old");
  }
  TRY_ASSIGN(const std::optional<Instant> credential_starts, ReadTime(claims, "nbf"));
  if (credential_starts && made < *credential_starts)
    return BadTime("KB-05", "the KB-JWT is older than the credential");
  Result<std::optional<Instant>> expires = ReadTime(proof, "exp");
  if (!expires.ok()) return OfKeyBinding(std::move(expires).fault());
  if (*expires && terms.now >= **expires + terms.leeway) return BadTime("KB-09", "exp of the KB-JWT has passed");
  Result<std::optional<Instant>> not_before = ReadTime(proof, "nbf");
  if (!not_before.ok()) return OfKeyBinding(std::move(not_before).fault());
  if (*not_before && terms.now < **not_before - terms.leeway) {
    return BadTime("KB-09", "nbf of the KB-JWT is in the future");
  }
  return made;
}

// A claim that must be a string and, where something is expected, exactly that.
bool IsText(const json::Value& proof, std::string_view name, std::optional<std::string_view> expected) {
  const json::Value* value = proof.Find(name);
  return value != nullptr && value->is_string() && (!expected || *value->text() == *expected);
}

}  // namespace

Result<void> CheckKeyBindingPolicy(const KeyBinding& policy) {
  const auto* required = std::get_if<RequireKeyBinding>(&policy);
  if (required == nullptr) return {};
  if (required->nonce.empty()) return Fault{Reason::kConfig, "KB-10", "key binding is required without a nonce"};
  if (required->audience.empty()) return Fault{Reason::kConfig, "KB-10", "key binding is required without an audience"};
  return {};
}

Result<P256Point> ReadHolderKey(const json::Value& claims) {
  const json::Value* confirmation = claims.Find("cnf");
  if (confirmation == nullptr || !confirmation->is_object()) return BadKey("cnf is missing");
  // RFC 7800, 3.1: one key, and here by value. A kid beside it names it and selects nothing.
  for (const std::string_view other : {"jwe", "jku", "x5u", "x5c", "jkt", "x5t#S256"}) {
    if (confirmation->Find(other) != nullptr) return BadKey("cnf holds another method than jwk");
  }
  const json::Value* jwk = confirmation->Find("jwk");
  if (jwk == nullptr) return BadKey("cnf holds no jwk");
  Result<P256Point> point = ReadJwkPoint(*jwk);
  if (!point.ok()) return OfKeyBinding(std::move(point).fault());
  return point;
}

Result<KeyBindingProof> VerifyKeyBinding(std::string_view key_binding_jwt, std::string_view bound,
                                         const json::Value& claims, const KeyBindingTerms& terms, json::Tree& tree) {
  TRY_ASSIGN(const P256Point holder, ReadHolderKey(claims));
  const JwsRules rules{.typ = kKbTyp,
                       .allowed_algs = terms.allowed_algs,
                       .token_bytes = terms.limits.presentation_bytes,
                       .header_bytes = terms.limits.header_bytes,
                       .payload = terms.limits.payload};
  const Result<UnverifiedJws> read = UnverifiedJws::Read(key_binding_jwt, rules, tree);
  if (!read.ok()) return OfKeyBinding(read.fault());
  const Result<VerifiedJws> verified = read->VerifyOnce(holder);
  if (!verified.ok()) return OfKeyBinding(verified.fault());
  const json::Value& proof = *verified->payload;

  TRY_ASSIGN(const Instant made_at, CheckProofTimes(proof, claims, terms));
  const auto* required = std::get_if<RequireKeyBinding>(&terms.policy);
  const auto expected = [&](std::string_view RequireKeyBinding::*text) {
    return required == nullptr ? std::nullopt : std::optional(required->*text);
  };
  if (!IsText(proof, "nonce", expected(&RequireKeyBinding::nonce))) {
    return Fault{Reason::kKbNonce, "KB-06", "nonce of the KB-JWT is not the challenge"};
  }
  if (!IsText(proof, "aud", expected(&RequireKeyBinding::audience))) {
    return Fault{Reason::kKbAud, "KB-07", "aud of the KB-JWT is not exactly this verifier"};
  }
  if (!IsText(proof, "sd_hash", Sha256Text(bound))) {
    return Fault{Reason::kKbHash, "KB-08", "sd_hash is not the hash of what was presented"};
  }
  return KeyBindingProof{.holder = holder, .made_at = made_at, .claims = &proof};
}

}  // namespace passport
