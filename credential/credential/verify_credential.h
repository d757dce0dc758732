// Verifies one SD-JWT VC: RFC 9901, the rules of SD-JWT VC (docs/checks.md, SDVC-*), authority of the issuer, and
// status.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/issuer_memory.h"
#include "credential/sdjwt/verify.h"
#include "credential/trust/issuer_directory.h"
#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/identifiers.h"

namespace passport {

// What a receiver insists on. Nothing has a default.
struct CredentialExpectation {
  Instant now;
  Seconds leeway;
  std::span<const std::string_view> allowed_algs;
  KeyBinding key_binding;
  const SdJwtLimits& limits;
  std::span<const std::string> requested_vcts;  // one of them, byte for byte
  // When it was shown, if it is looked at again later: times of token and proof are judged then, all else now.
  std::optional<Instant> shown_at = std::nullopt;
};

// A credential that holds: authentic, issued with authority, in time, and its proof made by its holder if one was
// required. What its status says stands beside it: revocation is a fact to decide with, not a forgery.
struct VerifiedCredential {
  const TrustedIssuer* issuer;
  json::Value* claims;  // processed; in the tree it was read into
  Digest signing_input_digest;
  std::string_view vct;
  std::string_view kid;  // names the issuer's key that signed it; empty when the token names none
  Instant issued_at;
  std::optional<Instant> expires_at;
  HeldAs held_as;  // where the holder's key is, as the issuer says
  std::optional<KeyBindingProof> key_binding;
  Reason issuer_standing;  // kNone; kIssuerSuspended or kCompromised: then nobody can tell whether it counts
  // The reading of its status list, or why there is none (kStatus, kStatusStale, kStatusUnknown, kLimit). No reference
  // at all reads as valid: then the credential has an `exp` (SDJWT-18).
  Result<StatusReading> status;
};

// Fails with the reasons of the token checks. Status is read only once all else holds (TSL-01). `memory` is that of the
// registry which `issuers` is, and changes no answer: of a credential that was seen before, the signature of its issuer
// alone is not checked again.
Result<VerifiedCredential> VerifyCredential(std::string_view token, const CredentialExpectation& expected,
                                            const IssuerDirectory& issuers, StatusSource& statuses, json::Tree& tree,
                                            const KnownIssuers* memory = nullptr);

}  // namespace passport
