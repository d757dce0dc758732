#include "credential/trust/registry_members.h"

#include <algorithm>

#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

Fault Missing(std::string_view name) {
  return RegistryRefused("TRUST-04", std::string(name) + " is missing or of another form");
}

}  // namespace

Fault RegistryRefused(std::string_view check, std::string_view what) {
  return {Reason::kRegistry, check, "registry: " + std::string(what)};
}

Result<RegistryMembers> RegistryMembers::Of(const json::Value& object, std::initializer_list<std::string_view> known) {
  if (!object.is_object()) return RegistryRefused("TRUST-04", "an entry is not an object");
  for (const json::Value& member : object) {
    if (std::find(known.begin(), known.end(), member.name()) == known.end())
      return RegistryRefused("TRUST-04", "unknown member");
  }
  return RegistryMembers(object);
}

Result<std::string> RegistryMembers::Text(std::string_view name) const {
  const json::Value* value = object_->Find(name);
  if (value == nullptr || !value->is_string() || value->text()->empty()) return Missing(name);
  return std::string(*value->text());
}

Result<void> RegistryMembers::Exactly(std::string_view name, std::string_view text) const {
  const json::Value* value = object_->Find(name);
  if (value == nullptr || value->text() != text) return Missing(name);
  return {};
}

Result<Instant> RegistryMembers::Time(std::string_view name) const {
  TRY_ASSIGN(const std::string text, Text(name));
  const Result<Instant> at = ParseInstant(text);
  if (!at.ok() || UtcText(*at) != text) return Missing(name);
  return *at;
}

Result<std::optional<Instant>> RegistryMembers::TimeIfThere(std::string_view name) const {
  if (!Has(name)) return std::optional<Instant>();
  TRY_ASSIGN(const Instant at, Time(name));
  return std::optional(at);
}

Result<std::int64_t> RegistryMembers::Number(std::string_view name, std::int64_t least) const {
  const json::Value* value = object_->Find(name);
  const std::optional<std::int64_t> number = value == nullptr ? std::nullopt : value->integer();
  if (!number || *number < least) return Missing(name);
  return *number;
}

Result<const json::Value*> RegistryMembers::Array(std::string_view name) const {
  const json::Value* value = object_->Find(name);
  if (value == nullptr || !value->is_array()) return Missing(name);
  return value;
}

Result<const json::Value*> RegistryMembers::Object(std::string_view name) const {
  const json::Value* value = object_->Find(name);
  if (value == nullptr || !value->is_object()) return Missing(name);
  return value;
}

Result<const json::Value*> RegistryMembers::OnlyOne(std::string_view name) const {
  TRY_ASSIGN(const json::Value* const array, Array(name));
  if (array->size() != 1 || !array->begin()->is_object()) return Missing(name);
  return &*array->begin();
}

Result<std::string> RegistryMembers::Name(std::string_view name) const {
  TRY_ASSIGN(const json::Value* const one, OnlyOne(name));
  TRY_ASSIGN(const RegistryMembers members, Of(*one, {"lang", "value"}));
  TRY(members.Exactly("lang", "en"));
  return members.Text("value");
}

}  // namespace passport
