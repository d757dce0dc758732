// What may be known about a key by everyone.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "credential/crypto/p256.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"
#include "keys/key_state.h"

namespace passport {

// Whose key it is: an organisation's, or the service's own.
class KeyOwner {
 public:
  KeyOwner(const OrganisationId& organisation) : text_(organisation.text()) {}  // NOLINT(google-explicit-constructor)
  static KeyOwner Service() { return KeyOwner(std::string(kService)); }
  // "service" or an organisation. Fails with kFieldInvalid.
  static Result<KeyOwner> Parse(std::string_view text);
  const std::string& text() const { return text_; }
  auto operator<=>(const KeyOwner&) const = default;

 private:
  static constexpr std::string_view kService = "service";
  explicit KeyOwner(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct KeyInfo {
  KeyOwner owner;
  KeyRole role;
  std::string kid;  // RFC 7638 thumbprint of a P-256 key; 43 characters; 32 random bytes in base64url for secret roles
  KeyState state;
  Instant created_at;
  std::optional<Instant> published_at;  // when, while staged, it first stood in what receivers read
  std::optional<Instant> activated_at;
  std::optional<Instant> retired_at;
  std::optional<Instant> compromised_at;  // from then on nothing it signed counts; may lie before it was noticed
  std::optional<P256Point> point;         // nothing for secret roles
};

}  // namespace passport
