// Which claims a verifier needs to see, and with which values (VP-09; paths as in DCQL, OpenID4VP 1.0, 7).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct AllElements {};
// A member name, an element of an array counted from 0, or all elements of an array.
using PathStep = std::variant<std::string, std::uint64_t, AllElements>;
using RequiredPath = std::vector<PathStep>;

// Plain data. The values live in a tree of its own: reading shares nothing with the policy text.
class ClaimRequirements {
 public:
  // Reads `required_claims` [[path]..] and `required_values` {claim: [values]}; either may be null for none. Fails with
  // kConfig.
  static Result<ClaimRequirements> Read(const json::Value* paths, const json::Value* values);

  // Judges processed claims: every path leads somewhere, and every claim named with values has one of them. Numbers are
  // compared by their text. Fails with kClaims.
  Result<void> Check(const json::Value& claims) const;

 private:
  struct Allowed {
    std::string claim;
    const json::Value* values;
  };
  std::vector<RequiredPath> paths_;
  std::vector<Allowed> allowed_;
  json::Tree tree_;
};

}  // namespace passport
