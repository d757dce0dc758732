#include "credential/evidence/members.h"

#include <utility>

#include "credential/encoding/base64url.h"
#include "credential/encoding/json_members.h"

namespace passport {

Result<EvidenceMembers> EvidenceMembers::Of(const json::Value& value, std::string where,
                                            std::initializer_list<std::string_view> known) {
  if (!value.is_object()) return Fault{Reason::kMalformed, "", where + " is not an object"};
  if (json::FirstUnknown(value, known) != nullptr)
    return Fault{Reason::kMalformed, "", where + " has a member nobody knows"};
  return EvidenceMembers(value, std::move(where));
}

Fault EvidenceMembers::Wrong(std::string_view name, std::string_view what) const {
  return {Reason::kMalformed, "", where_ + "." + std::string(name) + " " + std::string(what)};
}

Result<const json::Value*> EvidenceMembers::Array(std::string_view name) const {
  const json::Value* value = Find(name);
  if (value == nullptr || !value->is_array()) return Wrong(name, "is not a list");
  return value;
}

Result<std::string> EvidenceMembers::Text(std::string_view name) const {
  const json::Value* value = Find(name);
  if (value == nullptr || !value->is_string()) return Wrong(name, "is not a text");
  return std::string(*value->text());
}

Result<std::string> EvidenceMembers::TextOrEmpty(std::string_view name) const {
  if (!Has(name)) return std::string();
  TRY_ASSIGN(std::string text, Text(name));
  if (text.empty()) return Wrong(name, "is empty: it is left out then");
  return text;
}

Result<std::uint64_t> EvidenceMembers::Number(std::string_view name, std::uint64_t max) const {
  const json::Value* value = Find(name);
  const auto number = value == nullptr ? std::nullopt : value->integer();
  if (!number || *number < 0 || static_cast<std::uint64_t>(*number) > max)
    return Wrong(name, "is not a whole number in range");
  return static_cast<std::uint64_t>(*number);
}

Result<Instant> EvidenceMembers::Time(std::string_view name) const {
  TRY_ASSIGN(const std::uint64_t seconds, Number(name));
  return Instant{static_cast<std::int64_t>(seconds)};
}

Result<Digest> EvidenceMembers::Sha(std::string_view name) const {
  TRY_ASSIGN(const std::string text, Text(name));
  Digest digest{};
  if (!DecodeBase64UrlInto(text, digest).ok()) return Wrong(name, "is not a base64url SHA-256");
  return digest;
}

Result<OrganisationId> EvidenceMembers::Organisation(std::string_view name) const {
  TRY_ASSIGN(const std::string text, Text(name));
  Result<OrganisationId> id = OrganisationId::Parse(text);
  if (!id.ok()) return Wrong(name, "is not the id of an organisation");
  return id;
}

}  // namespace passport
