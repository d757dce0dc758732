#include "credential/sdjwt/sd_jwt.h"

#include <algorithm>
#include <string>

#include "credential/sdjwt/canonical_text.h"

namespace passport {
namespace {

Fault BadSdJwt(std::string_view check, std::string_view what) { return {Reason::kMalformed, check, std::string(what)}; }

bool HasThreeParts(std::string_view jwt) { return std::count(jwt.begin(), jwt.end(), '.') == 2; }

}  // namespace

Result<SdJwtText> SplitSdJwt(std::string_view token, const SdJwtLimits& limits) {
  if (token.size() > limits.presentation_bytes) return Fault{Reason::kLimit, "JWT-01", "presentation too long"};
  if (token.starts_with('{')) return BadSdJwt("SDVC-16", "JSON serialization is not accepted");
  const std::size_t first = token.find('~');
  if (first == std::string_view::npos) return BadSdJwt("SDJWT-01", "no ~: not an SD-JWT");
  const std::size_t last = token.rfind('~');
  SdJwtText text{.issuer_jwt = token.substr(0, first),
                 .disclosures = {},
                 .key_binding_jwt = token.substr(last + 1),
                 .bound = token.substr(0, last + 1)};
  if (text.issuer_jwt.empty()) return BadSdJwt("SDJWT-01", "no issuer-signed JWT");
  if (!text.key_binding_jwt.empty() && !HasThreeParts(text.key_binding_jwt)) {
    return BadSdJwt("SDJWT-02", "the last piece is neither empty nor a JWT");
  }
  constexpr std::size_t kUsualDisclosures = 16;
  text.disclosures.reserve(kUsualDisclosures);
  for (std::size_t at = first + 1; at <= last;) {
    if (text.disclosures.size() == limits.disclosures) return Fault{Reason::kLimit, "SDJWT-01", "too many disclosures"};
    const std::size_t end = token.find('~', at);
    const std::string_view disclosure = token.substr(at, end - at);
    if (disclosure.empty()) return BadSdJwt("SDJWT-01", "an empty disclosure");
    if (!IsCanonicalBase64Url(disclosure)) {
      return BadSdJwt("SDJWT-01", "a disclosure is not canonical base64url");
    }
    text.disclosures.push_back(disclosure);
    at = end + 1;
  }
  return text;
}

}  // namespace passport
