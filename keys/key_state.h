// The life of a key and what it is for.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

// staged: published, so that verifiers learn it, but signs nothing yet. active: signs. retired: signs no more, what it
// signed stays valid. compromised: what it signed no longer counts from a stated time on. The words are on disk and are
// never changed.
enum class KeyState : std::uint8_t { kStaged, kActive, kRetired, kCompromised };

// The only way from one state to another: staged to active or retired, active to retired, each of these three to
// compromised. Returns `to`. Anything else, also staying, is kKeyState.
Result<KeyState> Move(KeyState from, KeyState to);

// What a key may be used for. Never interchangeable: a key made for one role is not found, and does not sign, for
// another. kSeal is an AES-256 key and kIndex an HMAC key, each 32 random bytes; the others are P-256. The words are on
// disk and are never changed.
//
// kIssuingAuthority signs the certificates of issue, status, registry and receipt keys. kRootAuthority signs those of
// issuing authorities and is never in a store that a service opens: its store is kept offline.
enum class KeyRole : std::uint8_t {
  kIssue,
  kStatus,
  kRegistry,
  kTlsAuthority,
  kSeal,
  kReceipt,
  kIndex,
  kIssuingAuthority,
  kRootAuthority,
};

// True for the roles whose key is 32 random bytes and has no public half.
constexpr bool IsSecretRole(KeyRole role) { return role == KeyRole::kSeal || role == KeyRole::kIndex; }

// "staged", "active", "retired", "compromised".
std::string_view WordOf(KeyState state);
// "issue", "status", "registry", "tls_authority", "seal", "receipt", "index", "issuing_authority", "root_authority".
std::string_view WordOf(KeyRole role);
// Fail with kFieldInvalid.
Result<KeyState> ParseKeyState(std::string_view word);
Result<KeyRole> ParseKeyRole(std::string_view word);
std::span<const KeyState> AllKeyStates();
std::span<const KeyRole> AllKeyRoles();

}  // namespace passport
