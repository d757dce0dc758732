// What a holder does with an SD-JWT: looks at its disclosures, chooses, binds the choice to one audience.
//
// Nothing here verifies the issuer; a holder does that once, on receipt, with verify.h. Every function refuses an
// SD-JWT+KB with kMalformed (SDJWT-02): somebody else's presentation is not ours to cut up. Any thread may call.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/signer.h"
#include "credential/encoding/json.h"
#include "credential/sdjwt/sd_jwt.h"
#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// One claim the holder may disclose or keep back.
struct HeldDisclosure {
  std::string_view text;              // base64url, as it stands in the SD-JWT
  std::string path;                   // JSON pointer (RFC 6901) in the issued claims: "/address/street", "/list/2"
  std::optional<std::size_t> parent;  // the disclosure it hangs in; showing it shows that one too
  bool weak_salt;                     // the salt has less than 22 characters or occurs twice (SDJWT-19): warn
};

// All disclosures in their order. Array positions count undisclosed elements. Fails as Disclose does.
Result<std::vector<HeldDisclosure>> ListDisclosures(std::string_view sd_jwt, const SdJwtLimits& limits,
                                                    json::Tree& tree);

// The SD-JWT with the chosen disclosures only; the disclosures they hang in are added. `held` is what ListDisclosures
// says of this very SD-JWT; `chosen` holds positions in it, in any order; one past the end is kFieldInvalid.
Result<std::string> PresentSdJwt(std::string_view sd_jwt, std::span<const HeldDisclosure> held,
                                 std::span<const std::size_t> chosen);

// For whom, on which challenge and when a presentation is made.
struct BindingTerms {
  std::string_view audience;
  std::string_view nonce;
  Instant made_at;
  std::optional<std::string_view> purpose;  // what it is shown for; a claim of the same name
  // SHA-256 in base64url over the transaction data of the request, as it was sent (OpenID4VP, 8.4); empty for none.
  std::string_view transaction_hash = {};
};

// Appends the holder's KB-JWT to a presentation without one. Fails with kConfig when audience or nonce is empty, with
// kMalformed unless `presented` is an SD-JWT, and as the signer does.
Result<std::string> BindToAudience(std::string presented, const BindingTerms& terms, Signer& holder);

}  // namespace passport
