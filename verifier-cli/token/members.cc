#include "verifier-cli/token/members.h"

#include <algorithm>
#include <utility>

#include "credential/encoding/json_members.h"

namespace passport {
namespace {

// A name that can be shown: member names come from outside.
std::string Shown(std::string_view name) {
  constexpr std::size_t kShownMax = 40;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  const bool shown = !name.empty() && name.size() <= kShownMax && std::all_of(name.begin(), name.end(), plain);
  return shown ? std::string(name) : std::string("a member whose name is not a plain word");
}

}  // namespace

Fault ConfigFault(std::string_view where, std::string_view what) {
  return {Reason::kConfig, "", std::string(where) + " " + std::string(what)};
}

Result<Members> Members::Of(const json::Value& value, std::string where, std::span<const std::string_view> known) {
  if (!value.is_object()) return ConfigFault(where, "is not an object");
  if (const json::Value* unknown = json::FirstUnknown(value, known)) {
    return ConfigFault(where, "has an unknown member: " + Shown(unknown->name()));
  }
  return Members(value, std::move(where));
}

Result<const json::Value*> Members::Require(std::string_view name) const {
  const json::Value* value = Find(name);
  if (value == nullptr) return ConfigFault(PathOf(name), "is missing");
  return value;
}

Result<std::string> Members::Text(std::string_view name) const {
  TRY_ASSIGN(const json::Value* const value, Require(name));
  if (!value->is_string()) return ConfigFault(PathOf(name), "is not a string");
  return std::string(*value->text());
}

Result<std::optional<std::string>> Members::TextIfThere(std::string_view name) const {
  if (Find(name) == nullptr) return std::optional<std::string>();
  TRY_ASSIGN(std::string text, Text(name));
  return std::optional(std::move(text));
}

Result<bool> Members::Boolean(std::string_view name) const {
  TRY_ASSIGN(const json::Value* const value, Require(name));
  const std::optional<bool> boolean = value->boolean();
  if (!boolean) return ConfigFault(PathOf(name), "is neither true nor false");
  return *boolean;
}

Result<std::int64_t> Members::Integer(std::string_view name, std::int64_t min, std::int64_t max) const {
  TRY_ASSIGN(const json::Value* const value, Require(name));
  const std::optional<std::int64_t> integer = value->integer();
  if (!integer || *integer < min || *integer > max) {
    return ConfigFault(PathOf(name), "is not an integer from " + std::to_string(min) + " to " + std::to_string(max));
  }
  return *integer;
}

Result<std::optional<std::int64_t>> Members::IntegerIfThere(std::string_view name, std::int64_t min,
                                                            std::int64_t max) const {
  if (Find(name) == nullptr) return std::optional<std::int64_t>();
  TRY_ASSIGN(const std::int64_t integer, Integer(name, min, max));
  return std::optional(integer);
}

Result<std::vector<std::string>> Members::Texts(std::string_view name) const {
  TRY_ASSIGN(const json::Value* const array, Array(name));
  std::vector<std::string> texts;
  for (const json::Value& element : *array) {
    if (!element.is_string()) return ConfigFault(PathOf(name), "is not an array of strings");
    texts.emplace_back(*element.text());
  }
  return texts;
}

Result<std::vector<std::string>> Members::TextsIfThere(std::string_view name) const {
  if (Find(name) == nullptr) return std::vector<std::string>();
  return Texts(name);
}

Result<const json::Value*> Members::ArrayIfThere(std::string_view name) const {
  const json::Value* value = Find(name);
  if (value != nullptr && !value->is_array()) return ConfigFault(PathOf(name), "is not an array");
  return value;
}

Result<const json::Value*> Members::Array(std::string_view name) const {
  TRY(Require(name));
  return ArrayIfThere(name);
}

}  // namespace passport
