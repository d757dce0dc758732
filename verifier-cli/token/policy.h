// A whole verification policy in one JSON document, for integrators who bring their own trust
// (docs/formats/verification-policy.md).
//
// The reader is strict: an unknown member, a wrong type or a missing member is kConfig and names the member, because a
// misspelt requirement that is quietly ignored is a hole.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/sdjwt/sd_jwt.h"
#include "credential/trust/issuer_directory.h"
#include "credential/vocabulary/instant.h"
#include "verifier-cli/token/claim_requirements.h"

namespace passport {

// The issuers of a policy. Issuers that share a key with another one are known and trusted with nothing (TRUST-05).
class PolicyIssuers final : public IssuerDirectory {
 public:
  // `registry`: [{iss, mechanism, keys, vct, status_uris, status_keys}]. Fails with kConfig, or kKey for a key that is
  // not a public one.
  static Result<PolicyIssuers> Read(const json::Value& registry);

  // Null for unknown issuers and for those that share a key.
  const TrustedIssuer* Find(std::string_view issuer) const override;
  // How many entries are left out because they share a key.
  std::size_t left_out() const { return left_out_; }

 private:
  std::map<std::string, TrustedIssuer, std::less<>> issuers_;
  std::size_t left_out_ = 0;
};

// Plain data, read once. Threads may share it.
struct Policy {
  static constexpr std::size_t kBytesMax = std::size_t{32} << 20;
  // Caps for the text of a policy: status tokens are long strings, registries have many values.
  static json::Limits TextLimits(std::size_t bytes_max);

  // Fails with kConfig naming the member, or kKey for a key that is not a public one.
  static Result<Policy> Read(const json::Value& value);

  std::optional<Instant> now;  // nothing: the clock
  Seconds leeway;
  std::optional<Seconds> proof_age_max;  // always there when require_kb
  std::vector<std::string> allowed_algs;
  std::optional<std::string> nonce;
  std::optional<std::string> audience;
  bool require_kb;
  std::vector<std::string> requested_vcts;
  ClaimRequirements required;
  PolicyIssuers issuers;
  SdJwtLimits limits;
  std::size_t status_inflated_bytes;
  std::map<std::string, std::string, std::less<>> status_tokens;  // by URI
};

}  // namespace passport
