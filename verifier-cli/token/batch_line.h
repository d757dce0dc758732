// One line of a batch: an object {"id", "token", "policy" or "issuer_key", "nonce", "audience", "at"}
// (docs/formats/verification-policy.md).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "credential/encoding/json.h"
#include "verifier-cli/token/challenge.h"
#include "verifier-cli/token/line_reader.h"
#include "verifier-cli/token/verify_with_key.h"
#include "verifier-cli/token/verify_with_policy.h"

namespace passport {

inline constexpr std::size_t kBatchLineBytesMax = std::size_t{16} << 20;

// Answers lines. Remembers the trust of the line before, because it mostly is the same: reading a policy and verifying
// its status lists then happens once. Used by one thread.
class BatchLineJudge {
 public:
  // Appends {"id":..., "line": number, ...result} and a line end.
  void Answer(const Line& line, std::size_t number, Instant clock, std::string& out);

 private:
  using Trust = std::variant<std::monostate, Fault, std::unique_ptr<PolicyVerifier>, KeySet>;
  // What the last policy or key said, as it was written and as it was understood.
  struct Remembered {
    json::Tree tree;
    const json::Value* text = nullptr;
    Trust trust;
  };

  TokenVerdict Judge(const json::Value& line, Instant clock);
  TokenVerdict JudgeByPolicy(std::string_view token, const json::Value& policy, const Challenge& challenge,
                             Instant clock);
  TokenVerdict JudgeByKey(std::string_view token, const json::Value& key, const Challenge& challenge, Instant clock);

  Remembered policy_;
  Remembered key_;
};

}  // namespace passport
