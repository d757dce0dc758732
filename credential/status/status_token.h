// Status List Tokens (Token Status List, draft-20, section 5.1): a signed list with its address and times.
//
// Whether the signer may speak for the issuer of a credential (TSL-08), and whether a newer list was seen before
// (TSL-19), is decided where the registry and the cache are known; here the caller names the keys.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/crypto/key_set.h"
#include "credential/crypto/signer.h"
#include "credential/status/status_list.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::string_view kStatusTokenTyp = "statuslist+jwt";
inline constexpr std::size_t kStatusTokenBytesMax = std::size_t{4} << 20;
// A `ttl` outside of this is moved to its end: a hostile one must neither stop nor rush the fetching.
inline constexpr Seconds kStatusTtlMin{60};
inline constexpr Seconds kStatusTtlMax{7 * 86400};

// What a verifier insists on.
struct StatusTokenRules {
  Instant now;
  Seconds leeway;
  std::span<const std::string_view> allowed_algs;
  std::size_t token_bytes;     // kStatusTokenBytesMax
  std::size_t inflated_bytes;  // kStatusInflatedBytesMax
};

struct StatusListToken {
  std::string uri;
  Instant issued_at;
  Instant expires_at;          // as signed; the list must not be relied on from then on
  std::optional<Seconds> ttl;  // within kStatusTtlMin .. kStatusTtlMax
  StatusList list;
  Digest signing_input_digest;
  P256Point key;     // that signed it
  std::string leaf;  // text of the first certificate in its header; empty: none

  // When a copy fetched at that time is to be fetched again: after its ttl (kStatusTtlMax if it names none), at
  // expires_at at the latest.
  Instant FetchAgainAt(Instant fetched) const;
};

// TSL-07 and TSL-09 to TSL-16. `exp` is required. Every failure is kStatus with the check that failed, except kLimit
// where the token or the inflated list is past its cap.
Result<StatusListToken> VerifyStatusToken(std::string_view token, std::string_view expected_uri,
                                          const KeySet& status_keys, const StatusTokenRules& rules);

struct StatusTokenTerms {
  std::string uri;
  Instant issued_at;
  Instant expires_at;
  std::optional<Seconds> ttl;
};

// Signs a list. Releases nothing that VerifyStatusToken() would refuse: fails with kFieldInvalid for such a URI, times
// or ttl and for a `zlib_level` outside 1 .. 9, with kLimit for a token past kStatusTokenBytesMax, otherwise as the
// signer does.
Result<std::string> SignStatusToken(const StatusTokenTerms& terms, const StatusList& list, KeyReference key,
                                    Signer& signer, int zlib_level);

}  // namespace passport
