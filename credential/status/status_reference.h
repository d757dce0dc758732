// Where the status of a credential stands: the `status` claim (Token Status List, draft-20, section 6).
//
// {"status": {"status_list": {"idx": 7, "uri": "https://status.example/lists/1"}}}
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "credential/encoding/json.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct StatusReference {
  std::string uri;
  std::uint32_t index;
  auto operator<=>(const StatusReference&) const = default;
};

inline constexpr std::size_t kStatusUriBytesMax = 2048;

// TSL-03, the shape of a status URI: "https://" in lower case, a host name with or without a port, path and query of
// RFC 3986 characters; no userinfo, no fragment. Whether the issuer may use it is decided by the registry (TSL-04).
bool IsStatusUri(std::string_view uri);

// Reads `status` of verified claims: nothing when it is absent. Fails with kStatus (TSL-03) when it is there in another
// shape: a mechanism we do not know, an index that is not written as an integer in 0 .. 2^32 - 1, another kind of URI.
Result<std::optional<StatusReference>> ReadStatusReference(const json::Value& claims);

// Appends `status` to `claims`, an object of `tree` that has none yet.
void WriteStatusReference(const StatusReference& reference, json::Tree& tree, json::Value& claims);

}  // namespace passport
