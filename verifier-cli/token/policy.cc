#include "verifier-cli/token/policy.h"

#include <array>
#include <utility>

#include "credential/status/status_list.h"
#include "verifier-cli/token/members.h"

namespace passport {
namespace {

constexpr std::int64_t kTimeMax = (std::int64_t{1} << 53) - 1;  // JWT-10
constexpr std::int64_t kLengthMax = std::int64_t{1} << 32;      // of a span of seconds

constexpr std::array<std::string_view, 13> kPolicyMembers = {
    "now",          "leeway_seconds", "kb_max_age_seconds", "allowed_alg",     "expected_nonce",
    "expected_aud", "require_kb",     "requested_vct",      "required_claims", "required_values",
    "registry",     "limits",         "status_tokens"};
constexpr std::array<std::string_view, 6> kLimitMembers = {"presentation_bytes", "json_depth", "string_bytes",
                                                           "disclosures",        "recursion",  "status_inflated_bytes"};

// A cap may be moved, down or up, within what this program can hold.
Result<void> ReadCap(const Members& limits, std::string_view name, std::int64_t max, std::size_t& cap) {
  TRY_ASSIGN(const std::optional<std::int64_t> value, limits.IntegerIfThere(name, 1, max));
  if (value) cap = static_cast<std::size_t>(*value);
  return {};
}

Result<void> ReadLimits(const json::Value* value, Policy& policy) {
  if (value == nullptr) return {};
  TRY_ASSIGN(const Members limits, Members::Of(*value, "policy.limits", kLimitMembers));
  constexpr std::int64_t kMegabyte = std::int64_t{1} << 20;
  TRY(ReadCap(limits, "presentation_bytes", 16 * kMegabyte, policy.limits.presentation_bytes));
  TRY(ReadCap(limits, "json_depth", 256, policy.limits.payload.depth));
  TRY(ReadCap(limits, "string_bytes", 16 * kMegabyte, policy.limits.payload.string_bytes));
  TRY(ReadCap(limits, "disclosures", 65'536, policy.limits.disclosures));
  TRY(ReadCap(limits, "recursion", 256, policy.limits.recursion));
  return ReadCap(limits, "status_inflated_bytes", 64 * kMegabyte, policy.status_inflated_bytes);
}

Result<void> ReadStatusTokens(const json::Value* value, Policy& policy) {
  if (value == nullptr) return {};
  constexpr std::string_view kWhere = "policy.status_tokens";
  if (!value->is_object()) return ConfigFault(kWhere, "is not an object");
  for (const json::Value& token : *value) {
    if (!token.is_string()) return ConfigFault(kWhere, "holds something other than strings");
    policy.status_tokens.emplace(token.name(), *token.text());
  }
  return {};
}

// KB-10: what key binding is judged against is named, or there is no policy.
Result<void> ReadKeyBinding(const Members& members, Policy& policy) {
  TRY_ASSIGN(policy.require_kb, members.Boolean("require_kb"));
  TRY_ASSIGN(policy.nonce, members.TextIfThere("expected_nonce"));
  TRY_ASSIGN(policy.audience, members.TextIfThere("expected_aud"));
  if (policy.require_kb) TRY(members.Require("kb_max_age_seconds"));
  TRY_ASSIGN(const std::optional<std::int64_t> age, members.IntegerIfThere("kb_max_age_seconds", 0, kLengthMax));
  if (age) policy.proof_age_max = Seconds{*age};
  return {};
}

}  // namespace

json::Limits Policy::TextLimits(std::size_t bytes_max) {
  return {.bytes = bytes_max, .depth = 64, .nodes = 500'000, .string_bytes = bytes_max, .members = 50'000};
}

Result<Policy> Policy::Read(const json::Value& value) {
  TRY_ASSIGN(const Members members, Members::Of(value, "policy", kPolicyMembers));
  Policy policy{};
  policy.limits = kSdJwtLimits;
  policy.status_inflated_bytes = kStatusInflatedBytesMax;
  TRY_ASSIGN(const std::optional<std::int64_t> now, members.IntegerIfThere("now", 0, kTimeMax));
  if (now) policy.now = Instant{*now};
  TRY_ASSIGN(policy.leeway.count, members.Integer("leeway_seconds", 0, kLengthMax));
  TRY_ASSIGN(policy.allowed_algs, members.Texts("allowed_alg"));
  TRY(ReadKeyBinding(members, policy));
  TRY_ASSIGN(policy.requested_vcts, members.Texts("requested_vct"));
  TRY_ASSIGN(policy.required,
             ClaimRequirements::Read(members.Find("required_claims"), members.Find("required_values")));
  TRY_ASSIGN(const json::Value* const registry, members.Array("registry"));
  TRY_ASSIGN(policy.issuers, PolicyIssuers::Read(*registry));
  TRY(ReadLimits(members.Find("limits"), policy));
  TRY(ReadStatusTokens(members.Find("status_tokens"), policy));
  return policy;
}

}  // namespace passport
