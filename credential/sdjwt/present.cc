#include "credential/sdjwt/present.h"

#include <algorithm>
#include <utility>

#include "credential/crypto/jws.h"
#include "credential/crypto/sha256.h"
#include "credential/encoding/base64url.h"
#include "credential/sdjwt/disclosure_walk.h"

namespace passport {
namespace {

constexpr std::size_t kSaltCharactersMin = 22;  // 128 bits

Fault SomebodysPresentation() { return {Reason::kMalformed, "SDJWT-02", "an SD-JWT+KB where an SD-JWT is wanted"}; }

Result<SdJwtText> SplitHeld(std::string_view sd_jwt, const SdJwtLimits& limits) {
  TRY_ASSIGN(SdJwtText text, SplitSdJwt(sd_jwt, limits));
  if (!text.key_binding_jwt.empty()) return SomebodysPresentation();
  return text;
}

Result<json::Value*> ReadIssuedPayload(std::string_view jwt, const json::Limits& limits, json::Tree& tree) {
  const std::size_t first = jwt.find('.');
  const std::size_t last = jwt.rfind('.');
  if (first == last || jwt.find('.', first + 1) != last) {
    return Fault{Reason::kMalformed, "JWT-02", "the issuer-signed JWT has not three parts"};
  }
  return tree.ParseBase64Url(jwt.substr(first + 1, last - first - 1), limits);
}

bool OccursTwice(const std::vector<std::string_view>& sorted, std::string_view salt) {
  const auto [from, to] = std::equal_range(sorted.begin(), sorted.end(), salt);
  return to - from > 1;
}

}  // namespace

Result<std::vector<HeldDisclosure>> ListDisclosures(std::string_view sd_jwt, const SdJwtLimits& limits,
                                                    json::Tree& tree) {
  TRY_ASSIGN(const SdJwtText text, SplitHeld(sd_jwt, limits));
  TRY_ASSIGN(json::Value* const payload, ReadIssuedPayload(text.issuer_jwt, limits.payload, tree));
  std::vector<FoundDisclosure> found;
  TRY(WalkDisclosures(*payload, text.disclosures, tree, limits, &found));
  std::vector<std::string_view> salts;
  salts.reserve(found.size());
  for (const FoundDisclosure& disclosure : found) salts.push_back(disclosure.salt);
  std::sort(salts.begin(), salts.end());
  std::vector<HeldDisclosure> held;
  held.reserve(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::string_view salt = found[i].salt;
    held.push_back({.text = text.disclosures[i],
                    .path = std::move(found[i].path),
                    .parent = found[i].parent,
                    .weak_salt = salt.size() < kSaltCharactersMin || OccursTwice(salts, salt)});
  }
  return held;
}

Result<std::string> PresentSdJwt(std::string_view sd_jwt, std::span<const HeldDisclosure> held,
                                 std::span<const std::size_t> chosen) {
  if (!sd_jwt.ends_with('~')) return SomebodysPresentation();
  std::vector<bool> shown(held.size());
  for (const std::size_t position : chosen) {
    if (position >= held.size()) return Fault{Reason::kFieldInvalid, "", "there is no disclosure at a chosen position"};
    for (std::optional<std::size_t> at = position; at && !shown[*at]; at = held[*at].parent) shown[*at] = true;
  }
  std::string presented(sd_jwt.substr(0, sd_jwt.find('~') + 1));
  presented.reserve(sd_jwt.size());
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (!shown[i]) continue;
    presented += held[i].text;
    presented += '~';
  }
  return presented;
}

Result<std::string> BindToAudience(std::string presented, const BindingTerms& terms, Signer& holder) {
  if (terms.audience.empty() || terms.nonce.empty()) {
    return Fault{Reason::kConfig, "KB-10", "a presentation is bound to an audience and a nonce"};
  }
  TRY(SplitHeld(presented, kSdJwtLimits));
  std::string payload = R"({"iat":)" + std::to_string(terms.made_at.seconds) + R"(,"aud":)";
  json::WriteString(terms.audience, payload);
  payload += R"(,"nonce":)";
  json::WriteString(terms.nonce, payload);
  payload += R"(,"sd_hash":")" + Sha256Text(presented) + '"';
  if (terms.purpose) {
    payload += R"(,"purpose":)";
    json::WriteString(*terms.purpose, payload);
  }
  if (!terms.transaction_hash.empty()) {
    payload += R"(,"transaction_data_hashes":[)";
    json::WriteString(terms.transaction_hash, payload);
    payload += ']';
  }
  payload += '}';
  TRY_ASSIGN(const std::string proof, SignJws(R"({"alg":"ES256","typ":"kb+jwt"})", payload, holder));
  presented += proof;
  if (presented.size() > kSdJwtLimits.presentation_bytes)
    return Fault{Reason::kLimit, "JWT-01", "presentation too long"};
  return presented;
}

}  // namespace passport
