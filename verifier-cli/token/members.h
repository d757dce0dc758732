// Strict reading of configuration written as JSON: every member is known, of its type and in its range, or the answer
// is a fault that names it ("policy.registry[2].vct").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/vocabulary/result.h"

namespace passport {

// kConfig, about the member of that name.
Fault ConfigFault(std::string_view where, std::string_view what);

// The members of one object. Views the object, which must outlive it. Every failure is kConfig.
class Members {
 public:
  // Fails unless `value` is an object that has none but `known` members.
  static Result<Members> Of(const json::Value& value, std::string where, std::span<const std::string_view> known);

  // "policy.limits.json_depth".
  std::string PathOf(std::string_view name) const { return where_ + "." + std::string(name); }
  // Null when it is absent.
  const json::Value* Find(std::string_view name) const { return object_->Find(name); }
  Result<const json::Value*> Require(std::string_view name) const;

  Result<std::string> Text(std::string_view name) const;
  Result<std::optional<std::string>> TextIfThere(std::string_view name) const;
  Result<bool> Boolean(std::string_view name) const;
  // Written as an integer, within the bounds.
  Result<std::int64_t> Integer(std::string_view name, std::int64_t min, std::int64_t max) const;
  Result<std::optional<std::int64_t>> IntegerIfThere(std::string_view name, std::int64_t min, std::int64_t max) const;
  Result<std::vector<std::string>> Texts(std::string_view name) const;
  // None when it is absent.
  Result<std::vector<std::string>> TextsIfThere(std::string_view name) const;
  // An array; an empty pointer when it is absent.
  Result<const json::Value*> ArrayIfThere(std::string_view name) const;
  Result<const json::Value*> Array(std::string_view name) const;

 private:
  Members(const json::Value& object, std::string where) : object_(&object), where_(std::move(where)) {}
  const json::Value* object_;
  std::string where_;
};

}  // namespace passport
