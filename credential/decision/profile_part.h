// One JSON object of a role profile and the place where it stands, for the readers of its parts.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "credential/decision/role_profile.h"
#include "credential/encoding/json.h"

namespace passport {

// Looks at a value of the tree it was read into, and lives no longer than that. Every fault is kFieldInvalid and names
// the place: "role profile, requirement fire-safety, any_of 2: level is not a whole number of 0 to 10000".
class ProfilePart {
 public:
  // `place` is empty for the profile itself, or ", requirement fire-safety, any_of 2".
  ProfilePart(const json::Value& value, std::string place) : value_(value), place_(std::move(place)) {}

  Fault Wrong(std::string_view what) const;
  // Fails unless this is an object whose members are all among `known`.
  Result<void> Only(std::initializer_list<std::string_view> known) const;
  bool Has(std::string_view name) const { return value_.Find(name) != nullptr; }

  // A filled text without control characters: people read it on a screen.
  Result<std::string> Text(std::string_view name) const;
  // The same, or empty when the member is not there.
  Result<std::string> TextOrNone(std::string_view name) const;
  // 1 to 64 of a-z, 0-9 and '-'.
  Result<std::string> Id(std::string_view name) const;
  // 0 to 10000.
  Result<int> Whole(std::string_view name) const;
  // True when the member is there, and then it must be true.
  Result<bool> Mark(std::string_view name) const;
  // "placement" or "employment", or nothing when the member is not there.
  Result<std::optional<Engagement>> When() const;
  // A filled array of filled texts.
  Result<std::vector<std::string>> Texts(std::string_view name) const;
  // The objects of a filled array, each with its place: ", any_of 1".
  Result<std::vector<ProfilePart>> Parts(std::string_view name) const;
  // The same; none when the member is not there. An empty array is refused all the same: it says nothing.
  Result<std::vector<ProfilePart>> PartsOrNone(std::string_view name) const;
  // The object that a member is.
  Result<ProfilePart> Part(std::string_view name) const;
  // The same object under a better name for its place.
  ProfilePart At(std::string place) const { return {value_, std::move(place)}; }

 private:
  const json::Value& value_;
  std::string place_;
};

}  // namespace passport
