#include "credential/passport/holder_proof.h"

#include <algorithm>
#include <array>

#include "credential/crypto/jwk.h"
#include "credential/crypto/jws.h"
#include "credential/encoding/base64url.h"
#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

constexpr std::string_view kProofTyp = "dpop+jwt";
constexpr std::string_view kProofMethod = "POST";
constexpr std::size_t kJtiBytes = 16;
constexpr std::size_t kJtiTextMin = 16;  // 96 bits
constexpr std::size_t kJtiTextMax = 64;
constexpr std::size_t kServiceNameMax = 253;  // of DNS
constexpr json::Limits kProofJson{
    .bytes = kHolderProofBytesMax, .depth = 2, .nodes = 20, .string_bytes = 512, .members = 8};
constexpr JwsRules kProofRules{.typ = kProofTyp,
                               .allowed_algs = {},
                               .token_bytes = kHolderProofBytesMax,
                               .header_bytes = kHolderProofBytesMax,
                               .payload = kProofJson};

Fault BadClaim(std::string_view what) { return {Reason::kClaims, "", std::string(what) + " of the holder's proof"}; }

Fault OfHolderProof(Fault fault) {
  if (fault.reason == Reason::kTyp) fault.reason = Reason::kKbTyp;
  if (fault.reason == Reason::kSig) fault.reason = Reason::kKbSig;
  if (fault.reason == Reason::kKey) fault.reason = Reason::kKbKey;
  return fault;
}

// Exactly these members, in any order.
bool HasOnly(const json::Value& object, std::initializer_list<std::string_view> names) {
  return object.size() == names.size() &&
         std::all_of(names.begin(), names.end(), [&](std::string_view name) { return object.Find(name) != nullptr; });
}

// Unlike any other token of ours, this one brings its key: it proves that whoever calls has it, and no more.
Result<P256Point> KeyOfHeader(std::string_view proof, json::Tree& tree) {
  const std::string_view header = proof.substr(0, proof.find('.'));
  TRY_ASSIGN(const json::Value* const value, tree.ParseBase64Url(header, kProofJson));
  if (!value->is_object() || !HasOnly(*value, {"typ", "alg", "jwk"})) {
    return Fault{Reason::kKbKey, "", "the header of the holder's proof is not typ, alg and jwk"};
  }
  const json::Value* const jwk = value->Find("jwk");
  if (!jwk->is_object() || !HasOnly(*jwk, {"kty", "crv", "x", "y"})) {
    return Fault{Reason::kKbKey, "", "jwk of the holder's proof is not kty, crv, x and y"};
  }
  return ReadJwkPoint(*jwk);
}

bool IsJti(std::string_view text) {
  std::string bytes;
  return text.size() >= kJtiTextMin && text.size() <= kJtiTextMax && DecodeBase64Url(text, bytes).ok();
}

std::string_view TextOfClaim(const json::Value& claims, std::string_view name) {
  const json::Value* const value = claims.Find(name);
  return value == nullptr ? std::string_view() : value->text().value_or(std::string_view());
}

std::string UrlOf(std::string_view service, std::string_view path) {
  return "https://" + std::string(service) + std::string(path);
}

bool IsAmongNameCharacters(char c) { return IsSmall(c) || IsDigit(c) || c == '-' || c == '.'; }
bool IsAmongAddressCharacters(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.'; }

}  // namespace

std::string ServiceNameOf(std::string_view address) {
  const std::size_t port = address.rfind(':');
  // The colons of an IPv6 address stand within its brackets.
  const bool has_port = port != std::string_view::npos && address.find(']', port) == std::string_view::npos;
  std::string name(has_port ? address.substr(0, port) : address);
  for (char& c : name) {
    if (IsCapital(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

bool IsServiceName(std::string_view name) {
  if (name.empty() || name.size() > kServiceNameMax) return false;
  if (name.front() != '[') return std::all_of(name.begin(), name.end(), IsAmongNameCharacters);
  return name.size() > 2 && name.back() == ']' &&
         std::all_of(name.begin() + 1, name.end() - 1, IsAmongAddressCharacters);
}

Result<std::string> MakeHolderProof(std::string_view service, const ProvenCall& call, Instant now, Random& random,
                                    Signer& holder) {
  std::array<std::uint8_t, kJtiBytes> jti{};
  random.Fill(jti);
  const std::string header = R"({"typ":"dpop+jwt","alg":"ES256","jwk":)" + WriteJwk(holder.public_key().point()) + "}";
  std::string payload = R"({"jti":")" + EncodeBase64Url(jti) + R"(","htm":"POST","htu":)";
  json::WriteString(UrlOf(service, call.path), payload);
  payload += R"(,"iat":)" + std::to_string(now.seconds) + R"(,"rqd":")" + Sha256Text(call.request) + R"("})";
  return SignJws(header, payload, holder);
}

Result<HolderProof> VerifyHolderProof(std::string_view proof, std::span<const std::string> names,
                                      const ProvenCall& call, Instant now) {
  json::Tree tree;
  JwsRules rules = kProofRules;
  rules.allowed_algs = Es256Only();
  const Result<UnverifiedJws> read = UnverifiedJws::Read(proof, rules, tree);
  if (!read.ok()) return OfHolderProof(read.fault());
  const Result<P256Point> key = KeyOfHeader(proof, tree);
  if (!key.ok()) return OfHolderProof(key.fault());
  const Result<VerifiedJws> verified = read->VerifyOnce(*key);
  if (!verified.ok()) return OfHolderProof(verified.fault());

  const json::Value& claims = *verified->payload;
  if (!HasOnly(claims, {"jti", "htm", "htu", "iat", "rqd"})) return BadClaim("the claims");
  const std::string_view jti = TextOfClaim(claims, "jti");
  if (!IsJti(jti)) return BadClaim("jti");
  const std::optional<std::int64_t> iat = claims.Find("iat")->integer();
  if (!iat || *iat < 0 || *iat > (std::int64_t{1} << 53)) return BadClaim("iat");
  const Instant made_at{*iat};
  const std::string_view url = TextOfClaim(claims, "htu");
  const bool to_us =
      std::any_of(names.begin(), names.end(), [&](const std::string& name) { return url == UrlOf(name, call.path); });
  if (TextOfClaim(claims, "htm") != kProofMethod || !to_us) {
    return Fault{Reason::kKbAud, "", "the holder's proof is about another call, or for another service"};
  }
  if (TextOfClaim(claims, "rqd") != Sha256Text(call.request)) {
    return Fault{Reason::kKbHash, "", "the holder's proof is about another request"};
  }
  if (made_at > now + kHolderProofAgeMax || made_at < now - kHolderProofAgeMax) {
    return Fault{Reason::kKbTime, "", "iat of the holder's proof is more than 60 s from our time"};
  }
  return HolderProof{.key = *key, .thumbprint = Thumbprint(*key), .id = std::string(jti), .made_at = made_at};
}

}  // namespace passport
