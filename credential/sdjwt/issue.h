// Makes SD-JWTs: chosen claims become disclosures and digests (RFC 9901, 4.2 and 5), then the payload is signed.
//
// Any thread may call; a tree belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "credential/crypto/signer.h"
#include "credential/encoding/json.h"
#include "credential/vocabulary/random.h"
#include "credential/vocabulary/result.h"

namespace passport {

// Member names and array positions from the top; empty: the claims as a whole.
using ClaimPath = std::vector<std::variant<std::string, std::size_t>>;

// What of a claim set the holder may keep back.
struct Selection {
  // Each becomes one disclosure. A path and a path below it may both be named: then the inner disclosure hangs in the
  // outer one. Flat, structured and recursive layouts and array elements are all said this way.
  std::vector<ClaimPath> disclosable;
  // Digests without a disclosure, which hide how many claims there are.
  struct Decoys {
    ClaimPath object_or_array;
    std::size_t count;
  };
  std::vector<Decoys> decoys;
};

// A claim set ready to be signed.
struct PreparedSdJwt {
  json::Value* payload;                  // the claims given, rearranged
  std::vector<std::string> disclosures;  // base64url text, inner ones before the ones they hang in
};

// Rearranges `claims` (in `tree`) in place. Every disclosure has a salt of its own of 128 bits from one call to
// `random` (SDJWT-19). Digests in `_sd` are sorted, so the order of claims does not show; decoys in arrays stand at
// random positions. `_sd_alg` is there when any digest is. After a failure `claims` must not be used.
// Fails with kDisclosure when a path leads nowhere, is named twice or is empty, or when the claims hold `_sd`, `...` or
// `_sd_alg` already; with kLimit when a verifier would refuse the result (kSdJwtLimits).
Result<PreparedSdJwt> PrepareSdJwt(json::Value& claims, const Selection& selection, Random& random, json::Tree& tree);

// Signs and appends the disclosures: JWT~disclosure~...~. `header_json` is the JSON text of the protected header. Fails
// as the signer does, or with kLimit when the text is longer than kSdJwtLimits allow.
Result<std::string> SignSdJwt(const PreparedSdJwt& prepared, std::string_view header_json, Signer& signer);

}  // namespace passport
