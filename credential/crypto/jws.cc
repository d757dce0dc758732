#include "credential/crypto/jws.h"

#include <algorithm>
#include <array>

#include "credential/crypto/issuer_memory.h"
#include "credential/encoding/base64.h"
#include "credential/encoding/base64url.h"

namespace passport {
namespace {

Fault Malformed(std::string_view check, std::string_view what) {
  return {Reason::kMalformed, check, std::string(what)};
}

struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signing_input;
};

Result<Parts> Split(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == std::string_view::npos || first == last || token.find('.', first + 1) != last) {
    return Malformed("JWT-02", "not three parts");
  }
  const Parts parts{.header = token.substr(0, first),
                    .payload = token.substr(first + 1, last - first - 1),
                    .signature = token.substr(last + 1),
                    .signing_input = token.substr(0, last)};
  if (parts.header.empty() || parts.payload.empty()) return Malformed("JWT-02", "an empty part");
  return parts;
}

Result<json::Value*> ReadPart(std::string_view text, const json::Limits& limits, std::string_view what,
                              json::Tree& tree) {
  if (text.size() > Base64UrlLength(limits.bytes))
    return Fault{Reason::kLimit, "JWT-01", std::string(what) + " too long"};
  TRY_ASSIGN(json::Value* const value, tree.ParseBase64Url(text, limits));
  if (!value->is_object()) return Malformed("JWT-03", std::string(what) + " is not an object");
  return value;
}

// JWT-04, JWT-05, JWT-07, JWT-09 on the decoded header.
Result<std::string_view> JudgeHeader(const json::Value& header, const JwsRules& rules) {
  const json::Value* alg = header.Find("alg");
  if (alg == nullptr || !alg->is_string()) return Fault{Reason::kAlg, "JWT-04", "alg is not a string"};
  const auto& allowed = rules.allowed_algs;
  if (std::find(allowed.begin(), allowed.end(), *alg->text()) == allowed.end() || *alg->text() != kEs256) {
    return Fault{Reason::kAlg, "JWT-04", "alg is not on the list"};
  }
  if (header.Find("crit") != nullptr || header.Find("b64") != nullptr) {
    return Fault{Reason::kCrit, "JWT-07", "no critical extension is understood"};
  }
  const json::Value* typ = header.Find("typ");
  if (!rules.typ.empty() && (typ == nullptr || typ->text() != rules.typ)) {
    return Fault{Reason::kTyp, "JWT-09", "typ is not " + std::string(rules.typ)};
  }
  const json::Value* kid = header.Find("kid");
  if (kid == nullptr) return std::string_view();
  if (!kid->is_string() || kid->text()->empty()) return Fault{Reason::kKey, "JWT-05", "kid is not a filled string"};
  return *kid->text();
}

}  // namespace

std::span<const std::string_view> Es256Only() {
  static constexpr std::array<std::string_view, 1> kOnly = {kEs256};
  return kOnly;
}

Result<UnverifiedJws> UnverifiedJws::Read(std::string_view token, const JwsRules& rules, json::Tree& tree) {
  if (token.size() > rules.token_bytes) return Fault{Reason::kLimit, "JWT-01", "token too long"};
  TRY_ASSIGN(const Parts parts, Split(token));
  json::Limits header_limits = rules.payload;
  header_limits.bytes = rules.header_bytes;
  UnverifiedJws jws;
  TRY_ASSIGN(jws.header_, ReadPart(parts.header, header_limits, "header", tree));
  TRY_ASSIGN(jws.kid_, JudgeHeader(*jws.header_, rules));
  // Only now: what is missing from "alg":"none" is its alg.
  if (parts.signature.empty()) return Malformed("JWT-02", "an empty part");
  TRY_ASSIGN(jws.payload_, ReadPart(parts.payload, rules.payload, "payload", tree));
  if (parts.signature.size() == Base64UrlLength(jws.signature_.size())) {
    TRY(DecodeBase64UrlInto(parts.signature, jws.signature_));
    jws.signature_has_64_bytes_ = true;
  } else {
    TRY(DecodeBase64Url(parts.signature));
  }
  jws.digest_ = Sha256(parts.signing_input);
  return jws;
}

std::optional<std::string_view> UnverifiedJws::issuer() const {
  const json::Value* issuer = payload_->Find("iss");
  return issuer == nullptr ? std::nullopt : issuer->text();
}

bool UnverifiedJws::has_issuer() const { return payload_->Find("iss") != nullptr; }

Result<VerifiedJws> UnverifiedJws::Verify(const PublicKey& key, const KnownIssuers* memory) const {
  if (!signature_has_64_bytes_) return Fault{Reason::kSig, "JWT-08", "signature is not 64 bytes"};
  const bool holds = memory != nullptr ? memory->Verify(key, digest_, signature_) : key.Verify(digest_, signature_);
  if (!holds) return Fault{Reason::kSig, "JWT-08", "signature does not match"};
  return VerifiedJws{.header = header_, .payload = payload_, .signing_input_digest = digest_, .key = key.point()};
}

Result<VerifiedJws> UnverifiedJws::VerifyOnce(const P256Point& key) const {
  if (!signature_has_64_bytes_) return Fault{Reason::kSig, "JWT-08", "signature is not 64 bytes"};
  TRY_ASSIGN(const bool holds, passport::VerifyOnce(key, digest_, signature_));
  if (!holds) return Fault{Reason::kSig, "JWT-08", "signature does not match"};
  return VerifiedJws{.header = header_, .payload = payload_, .signing_input_digest = digest_, .key = key};
}

std::string_view FirstOfX5c(const json::Value& header) {
  const json::Value* chain = header.Find("x5c");
  if (chain == nullptr || !chain->is_array() || chain->size() == 0) return {};
  return chain->begin()->text().value_or(std::string_view());
}

Result<std::string> SignJws(std::string_view header, std::string_view payload, Signer& signer) {
  std::string token;
  token.reserve(Base64UrlLength(header.size()) + Base64UrlLength(payload.size()) + 90);
  const auto bytes = [](std::string_view text) {
    return std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  };
  AppendBase64Url(bytes(header), token);
  token += '.';
  AppendBase64Url(bytes(payload), token);
  TRY_ASSIGN(const Signature signature, signer.Sign(Sha256(token)));
  token += '.';
  AppendBase64Url(signature, token);
  return token;
}

std::string JwsHeader(std::string_view typ, KeyReference key) {
  std::string header = R"({"alg":"ES256","typ":)";
  json::WriteString(typ, header);
  header += R"(,"kid":)";
  json::WriteString(key.kid, header);
  if (!key.x5c.empty()) {
    header += R"(,"x5c":[)";
    for (const std::string& der : key.x5c) header += '"' + EncodeBase64(der) + "\",";
    header.back() = ']';
  }
  header += '}';
  return header;
}

}  // namespace passport
