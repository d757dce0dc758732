#include "credential/decision/profile_part.h"

#include <algorithm>

#include "credential/encoding/json_members.h"
#include "credential/vocabulary/text_forms.h"

namespace passport {
namespace {

bool IsForPeople(std::string_view text) { return !text.empty() && !HasControls(text); }

bool IsId(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsSmall(c) || IsDigit(c) || c == '-'; });
}

}  // namespace

Fault ProfilePart::Wrong(std::string_view what) const {
  return {Reason::kFieldInvalid, "", "role profile" + place_ + ": " + std::string(what)};
}

Result<void> ProfilePart::Only(std::initializer_list<std::string_view> known) const {
  if (!value_.is_object()) return Wrong("not an object");
  if (json::FirstUnknown(value_, known) != nullptr) return Wrong("unknown member");
  return {};
}

Result<std::string> ProfilePart::Text(std::string_view name) const {
  const json::Value* value = value_.Find(name);
  if (value == nullptr || !value->is_string() || !IsForPeople(*value->text()))
    return Wrong(std::string(name) + " is not a text");
  return std::string(*value->text());
}

Result<std::string> ProfilePart::TextOrNone(std::string_view name) const {
  if (!Has(name)) return std::string();
  return Text(name);
}

Result<std::string> ProfilePart::Id(std::string_view name) const {
  TRY_ASSIGN(std::string text, Text(name));
  if (!IsId(text)) return Wrong(std::string(name) + " is not 1 to 64 of a-z, 0-9, '-'");
  return text;
}

Result<int> ProfilePart::Whole(std::string_view name) const {
  const json::Value* value = value_.Find(name);
  const auto number = value == nullptr ? std::nullopt : value->integer();
  if (!number || *number < 0 || *number > 10'000)
    return Wrong(std::string(name) + " is not a whole number of 0 to 10000");
  return static_cast<int>(*number);
}

Result<bool> ProfilePart::Mark(std::string_view name) const {
  const json::Value* value = value_.Find(name);
  if (value == nullptr) return false;
  if (value->boolean() != true) return Wrong(std::string(name) + " is not true");
  return true;
}

Result<std::optional<Engagement>> ProfilePart::When() const {
  if (!Has("when")) return std::optional<Engagement>();
  TRY_ASSIGN(const std::string word, Text("when"));
  for (const Engagement each : {Engagement::kPlacement, Engagement::kEmployment}) {
    if (word == WordOf(each)) return std::optional(each);
  }
  return Wrong("when is not placement or employment");
}

Result<std::vector<std::string>> ProfilePart::Texts(std::string_view name) const {
  const json::Value* value = value_.Find(name);
  if (value == nullptr || !value->is_array() || value->size() == 0)
    return Wrong(std::string(name) + " is not a filled array");
  std::vector<std::string> texts;
  for (const json::Value& each : *value) {
    if (!each.is_string() || !IsForPeople(*each.text()))
      return Wrong(std::string(name) + " holds something that is no text");
    texts.emplace_back(*each.text());
  }
  return texts;
}

Result<std::vector<ProfilePart>> ProfilePart::Parts(std::string_view name) const {
  const json::Value* value = value_.Find(name);
  if (value == nullptr || !value->is_array() || value->size() == 0)
    return Wrong(std::string(name) + " is not a filled array");
  std::vector<ProfilePart> parts;
  for (const json::Value& each : *value) {
    parts.emplace_back(each, place_ + ", " + std::string(name) + " " + std::to_string(parts.size() + 1));
  }
  return parts;
}

Result<std::vector<ProfilePart>> ProfilePart::PartsOrNone(std::string_view name) const {
  if (!Has(name)) return std::vector<ProfilePart>();
  return Parts(name);
}

Result<ProfilePart> ProfilePart::Part(std::string_view name) const {
  const json::Value* value = value_.Find(name);
  if (value == nullptr || !value->is_object()) return Wrong(std::string(name) + " is not an object");
  return ProfilePart(*value, place_ + ", " + std::string(name));
}

}  // namespace passport
