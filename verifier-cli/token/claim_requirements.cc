#include "verifier-cli/token/claim_requirements.h"

#include <algorithm>
#include <utility>

#include "verifier-cli/token/members.h"

namespace passport {
namespace {

constexpr std::string_view kPaths = "policy.required_claims";
constexpr std::string_view kValues = "policy.required_values";

Fault Absent(std::size_t number) {
  return {Reason::kClaims, "VP-09", "required_claims[" + std::to_string(number) + "] is not in the token"};
}

Result<RequiredPath> ReadPath(const json::Value& value) {
  if (!value.is_array() || value.size() == 0) return ConfigFault(kPaths, "holds something other than a path");
  RequiredPath path;
  for (const json::Value& step : value) {
    const std::optional<std::int64_t> index = step.integer();
    if (step.is_string()) {
      path.emplace_back(std::string(*step.text()));
    } else if (step.kind() == json::Kind::kNull) {
      path.emplace_back(AllElements{});
    } else if (index && *index >= 0) {
      path.emplace_back(static_cast<std::uint64_t>(*index));
    } else {
      return ConfigFault(kPaths, "holds a path with a step that is no name, index or null");
    }
  }
  return path;
}

using Selected = std::vector<const json::Value*>;

// Adds what the step leads to from one value. False when the step does not suit the kind of the value.
bool Follow(const json::Value& from, const PathStep& step, Selected& to) {
  if (const auto* name = std::get_if<std::string>(&step)) {
    if (!from.is_object()) return false;
    if (const json::Value* member = from.Find(*name); member != nullptr) to.push_back(member);
    return true;
  }
  if (!from.is_array()) return false;
  const auto* index = std::get_if<std::uint64_t>(&step);
  std::uint64_t at = 0;
  for (const json::Value& element : from) {
    if (index == nullptr || at == *index) to.push_back(&element);
    ++at;
  }
  return true;
}

bool LeadsSomewhere(const RequiredPath& path, const json::Value& claims) {
  Selected selected = {&claims};
  for (const PathStep& step : path) {
    Selected next;
    for (const json::Value* value : selected) {
      if (!Follow(*value, step, next)) return false;
    }
    selected = std::move(next);
  }
  return !selected.empty();
}

}  // namespace

Result<ClaimRequirements> ClaimRequirements::Read(const json::Value* paths, const json::Value* values) {
  ClaimRequirements requirements;
  if (paths != nullptr) {
    if (!paths->is_array()) return ConfigFault(kPaths, "is not an array");
    for (const json::Value& value : *paths) {
      TRY_ASSIGN(RequiredPath path, ReadPath(value));
      requirements.paths_.push_back(std::move(path));
    }
  }
  if (values != nullptr) {
    if (!values->is_object()) return ConfigFault(kValues, "is not an object");
    for (const json::Value& member : *values) {
      if (!member.is_array()) return ConfigFault(kValues, "holds something other than an array of values");
      requirements.allowed_.push_back({std::string(member.name()), &requirements.tree_.Copy(member)});
    }
  }
  return requirements;
}

Result<void> ClaimRequirements::Check(const json::Value& claims) const {
  for (std::size_t number = 0; number < paths_.size(); ++number) {
    if (!LeadsSomewhere(paths_[number], claims)) return Absent(number);
  }
  for (const Allowed& allowed : allowed_) {
    const json::Value* claim = claims.Find(allowed.claim);
    const bool fits = claim != nullptr && std::any_of(allowed.values->begin(), allowed.values->end(),
                                                      [&](const json::Value& v) { return json::Equal(*claim, v); });
    if (!fits) return Fault{Reason::kClaims, "VP-09", "a claim of required_values is absent or has another value"};
  }
  return {};
}

}  // namespace passport
