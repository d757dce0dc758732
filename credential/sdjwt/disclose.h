// Puts disclosed claims in their place (RFC 9901, 7.1, steps 3 to 5).
//
// Cost is in proportion to the token, memory and stack are bounded whatever it holds. Any thread may call; a tree
// belongs to one thread at a time.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/sdjwt/sd_jwt.h"
#include "credential/vocabulary/result.h"

namespace passport {

// What of a payload was selectively disclosable.
struct DisclosureReport {
  // Names of top-level claims, sorted, each once, that came from a disclosure or hold `_sd` or `...` anywhere inside,
  // also where nothing was disclosed. The names live as long as the tree. For SDVC-04.
  std::vector<std::string_view> touched;
};

// Replaces digests in `payload` by the claims of `disclosures` (base64url text as presented), drops what was not
// disclosed and the machinery itself, and leaves emptied objects as {}. `payload` and what is read live in `tree`.
// Fails with
//   kSdAlg       `_sd_alg` is not "sha-256" or not at the top level (SDJWT-05)
//   kMalformed   a disclosure is not canonical base64url (SDJWT-01), `_sd` or `...` misused (SDJWT-11, -12)
//   kDisclosure  a referenced disclosure is not what its place asks for (SDJWT-06 to -10)
//   kDigestDup   a disclosure or a digest occurs twice (SDJWT-13, -14)
//   kUnused      a disclosure is not referenced (SDJWT-15); its JSON is not looked at, so one changed character is
//                always this
//   kMalformed   last of all: a digest is not 43 characters of canonical base64url (SDJWT-11)
// and with kLimit where a cap is passed. After a failure `payload` is neither one thing nor the other and must not be
// used (SDJWT-20).
Result<DisclosureReport> Disclose(json::Value& payload, std::span<const std::string_view> disclosures, json::Tree& tree,
                                  const SdJwtLimits& limits);

}  // namespace passport
