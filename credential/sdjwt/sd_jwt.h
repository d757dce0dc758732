// The compact text of an SD-JWT or SD-JWT+KB (RFC 9901, 4) and how large it may be.
//
//   SD-JWT    = JWT "~" *(DISCLOSURE "~")      ends with "~"
//   SD-JWT+KB = SD-JWT KB-JWT                  does not end with "~"
//
// Pure functions; any thread may call.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/vocabulary/result.h"

namespace passport {

// Caps for one presentation. One past a cap is kLimit.
struct SdJwtLimits {
  std::size_t presentation_bytes;  // the whole text, judged before anything is decoded
  std::size_t header_bytes;        // of each JWT header, decoded
  json::Limits payload;            // of each JWT payload and of each disclosure, decoded; depth also after disclosing
  std::size_t disclosures;
  std::size_t digests;    // in the payload and in disclosed values together, decoys included
  std::size_t recursion;  // disclosures inside disclosures
};
inline constexpr SdJwtLimits kSdJwtLimits{.presentation_bytes = 256 * 1024,
                                          .header_bytes = 16 * 1024,
                                          .payload = json::kTokenLimits,
                                          .disclosures = 512,
                                          .digests = 4096,
                                          .recursion = 16};

// The pieces of one text; views into it.
struct SdJwtText {
  std::string_view issuer_jwt;
  std::vector<std::string_view> disclosures;
  std::string_view key_binding_jwt;  // empty if there is none
  std::string_view bound;            // everything up to and including the last "~": what sd_hash is made over
};

// Takes the text apart and judges its shape only: nothing is decoded or verified. Fails with kLimit (JWT-01, or too
// many disclosures) or kMalformed: JSON serialization (SDVC-16), no "~", an empty piece, a disclosure that is not
// canonical base64url (SDJWT-01), a last piece that is neither empty nor three parts with dots (SDJWT-02).
Result<SdJwtText> SplitSdJwt(std::string_view token, const SdJwtLimits& limits);

}  // namespace passport
