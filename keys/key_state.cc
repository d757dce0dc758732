#include "keys/key_state.h"

#include <array>

namespace passport {
namespace {

constexpr std::array kStates = {KeyState::kStaged, KeyState::kActive, KeyState::kRetired, KeyState::kCompromised};
constexpr std::array kRoles = {
    KeyRole::kIssue,   KeyRole::kStatus, KeyRole::kRegistry,         KeyRole::kTlsAuthority, KeyRole::kSeal,
    KeyRole::kReceipt, KeyRole::kIndex,  KeyRole::kIssuingAuthority, KeyRole::kRootAuthority};

bool Allowed(KeyState from, KeyState to) {
  switch (from) {
    case KeyState::kStaged:
      return to == KeyState::kActive || to == KeyState::kRetired || to == KeyState::kCompromised;
    case KeyState::kActive:
      return to == KeyState::kRetired || to == KeyState::kCompromised;
    case KeyState::kRetired:
      return to == KeyState::kCompromised;
    case KeyState::kCompromised:
      return false;
  }
  return false;
}

}  // namespace

Result<KeyState> Move(KeyState from, KeyState to) {
  if (Allowed(from, to)) return to;
  return Fault{Reason::kKeyState, "",
               "a key can not go from " + std::string(WordOf(from)) + " to " + std::string(WordOf(to))};
}

std::string_view WordOf(KeyState state) {
  switch (state) {
    case KeyState::kStaged:
      return "staged";
    case KeyState::kActive:
      return "active";
    case KeyState::kRetired:
      return "retired";
    case KeyState::kCompromised:
      return "compromised";
  }
  return "";
}

std::string_view WordOf(KeyRole role) {
  switch (role) {
    case KeyRole::kIssue:
      return "issue";
    case KeyRole::kStatus:
      return "status";
    case KeyRole::kRegistry:
      return "registry";
    case KeyRole::kTlsAuthority:
      return "tls_authority";
    case KeyRole::kSeal:
      return "seal";
    case KeyRole::kReceipt:
      return "receipt";
    case KeyRole::kIndex:
      return "index";
    case KeyRole::kIssuingAuthority:
      return "issuing_authority";
    case KeyRole::kRootAuthority:
      return "root_authority";
  }
  return "";
}

Result<KeyState> ParseKeyState(std::string_view word) {
  for (const KeyState state : kStates) {
    if (WordOf(state) == word) return state;
  }
  return Fault{Reason::kFieldInvalid, "", "key state is not staged, active, retired or compromised"};
}

Result<KeyRole> ParseKeyRole(std::string_view word) {
  for (const KeyRole role : kRoles) {
    if (WordOf(role) == word) return role;
  }
  return Fault{Reason::kFieldInvalid, "",
               "key role is not issue, status, registry, tls_authority, seal, receipt, index, issuing_authority or "
               "root_authority"};
}

std::span<const KeyState> AllKeyStates() { return kStates; }
std::span<const KeyRole> AllKeyRoles() { return kRoles; }

}  // namespace passport
