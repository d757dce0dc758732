#include "credential/crypto/jwk.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "credential/encoding/base64url.h"

namespace passport {
namespace {

Fault BadKey(std::string_view what) { return {Reason::kKey, "JWT-06", "JWK: " + std::string(what)}; }

bool TextIs(const json::Value* value, std::string_view expected) {
  return value != nullptr && value->text() == expected;
}

Result<void> CheckUse(const json::Value& jwk) {
  constexpr std::array<std::string_view, 8> kPrivate = {"d", "p", "q", "dp", "dq", "qi", "k", "priv"};
  for (const std::string_view name : kPrivate) {
    if (jwk.Find(name) != nullptr) return BadKey("holds a private part");
  }
  if (const json::Value* use = jwk.Find("use"); use != nullptr && use->text() != "sig") return BadKey("use is not sig");
  if (const json::Value* alg = jwk.Find("alg"); alg != nullptr && alg->text() != "ES256")
    return BadKey("alg is not ES256");
  if (const json::Value* operations = jwk.Find("key_ops"); operations != nullptr) {
    const bool verifies = std::any_of(operations->begin(), operations->end(),
                                      [](const json::Value& operation) { return operation.text() == "verify"; });
    if (!operations->is_array() || !verifies) return BadKey("key_ops does not hold verify");
  }
  return {};
}

Result<void> ReadCoordinate(const json::Value& jwk, std::string_view name, std::span<std::uint8_t> out) {
  const json::Value* value = jwk.Find(name);
  if (value == nullptr || !value->is_string()) return BadKey(std::string(name) + " is missing");
  if (!DecodeBase64UrlInto(*value->text(), out).ok())
    return BadKey(std::string(name) + " is not 32 bytes of base64url");
  return {};
}

// How many bytes a member of a key of that curve has; nothing where it does not follow from the curve.
std::optional<std::size_t> LengthOn(std::string_view curve) {
  if (curve == "P-256" || curve == "secp256k1" || curve == "Ed25519" || curve == "X25519") return 32;
  if (curve == "P-384") return 48;
  if (curve == "P-521") return 66;
  return std::nullopt;
}

// One key has one text: base64url without loose bits, coordinates in full length, RSA numbers without leading zeros.
bool IsCanonical(std::string_view name, std::string_view text, const json::Value* curve) {
  const Result<std::vector<std::uint8_t>> bytes = DecodeBase64Url(text);
  if (!bytes.ok() || bytes->empty()) return false;
  if (name == "e" || name == "n") return bytes->front() != 0;
  const std::optional<std::size_t> length =
      curve != nullptr && curve->is_string() ? LengthOn(*curve->text()) : std::nullopt;
  return !length || bytes->size() == *length;
}

Result<std::string> ThumbprintOver(const json::Value& jwk, std::span<const std::string_view> members) {
  std::string text = "{";
  for (const std::string_view name : members) {
    const json::Value* value = jwk.Find(name);
    if (value == nullptr || !value->is_string()) return BadKey(std::string(name) + " is missing");
    const bool encoded = name != "alg" && name != "crv" && name != "kty";
    if (encoded && !IsCanonical(name, *value->text(), jwk.Find("crv"))) {
      return BadKey(std::string(name) + " is not in its canonical form");
    }
    if (text.size() > 1) text += ',';
    json::WriteString(name, text);
    text += ':';
    json::WriteString(*value->text(), text);
  }
  text += '}';
  return Sha256Text(text);
}

std::span<const std::string_view> ThumbprintMembers(std::string_view key_type) {
  static constexpr std::array<std::string_view, 4> kEc = {"crv", "kty", "x", "y"};
  static constexpr std::array<std::string_view, 3> kOkp = {"crv", "kty", "x"};
  static constexpr std::array<std::string_view, 3> kRsa = {"e", "kty", "n"};
  static constexpr std::array<std::string_view, 3> kAkp = {"alg", "kty", "pub"};
  if (key_type == "EC") return kEc;
  if (key_type == "OKP") return kOkp;
  if (key_type == "RSA") return kRsa;
  if (key_type == "AKP") return kAkp;
  return {};
}

}  // namespace

Result<P256Point> ReadJwkPoint(const json::Value& jwk) {
  if (!jwk.is_object()) return BadKey("not an object");
  if (TextIs(jwk.Find("kty"), "AKP")) return Fault{Reason::kKey, "PQ-01", "JWK: kty AKP is not supported"};
  if (!TextIs(jwk.Find("kty"), "EC")) return BadKey("kty is not EC");
  if (!TextIs(jwk.Find("crv"), "P-256")) return BadKey("crv is not P-256");
  TRY(CheckUse(jwk));
  P256Point point;
  TRY(ReadCoordinate(jwk, "x", std::span(point).first(32)));
  TRY(ReadCoordinate(jwk, "y", std::span(point).last(32)));
  return point;
}

Result<PublicKey> ReadJwk(const json::Value& jwk) {
  TRY_ASSIGN(const P256Point point, ReadJwkPoint(jwk));
  return PublicKey::Import(point);
}

Result<std::string_view> ReadKid(const json::Value& jwk) {
  const json::Value* kid = jwk.Find("kid");
  if (kid == nullptr) return std::string_view();
  if (!kid->is_string()) return BadKey("kid is not a string");
  return *kid->text();
}

std::string WriteJwk(const P256Point& point) {
  std::string text = R"({"kty":"EC","crv":"P-256","x":")";
  AppendBase64Url(std::span(point).first(32), text);
  text += R"(","y":")";
  AppendBase64Url(std::span(point).last(32), text);
  text += "\"}";
  return text;
}

json::Value& MakeJwk(const P256Point& point, json::Tree& tree) {
  json::Value& jwk = tree.Object();
  jwk.Append("kty", tree.String("EC"));
  jwk.Append("crv", tree.String("P-256"));
  jwk.Append("x", tree.String(EncodeBase64Url(std::span(point).first(32))));
  jwk.Append("y", tree.String(EncodeBase64Url(std::span(point).last(32))));
  return jwk;
}

Result<std::string> Thumbprint(const json::Value& jwk) {
  const json::Value* key_type = jwk.Find("kty");
  if (key_type == nullptr || !key_type->is_string()) return BadKey("kty is missing");
  const std::span<const std::string_view> members = ThumbprintMembers(*key_type->text());
  if (members.empty()) return Fault{Reason::kKey, "THUMB-02", "JWK: no thumbprint for this kty"};
  return ThumbprintOver(jwk, members);
}

std::string Thumbprint(const P256Point& point) {
  std::string text = R"({"crv":"P-256","kty":"EC","x":")";
  AppendBase64Url(std::span(point).first(32), text);
  text += R"(","y":")";
  AppendBase64Url(std::span(point).last(32), text);
  text += "\"}";
  return Sha256Text(text);
}

}  // namespace passport
