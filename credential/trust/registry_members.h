// Members of the registry's objects by name and type. Every member must be known: one we do not understand may restrict
// what we would allow. All fail with kRegistry (TRUST-04).
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// "registry: <what>" as a fault of that check.
Fault RegistryRefused(std::string_view check, std::string_view what);

class RegistryMembers {
 public:
  // Fails unless it is an object with these members at most.
  static Result<RegistryMembers> Of(const json::Value& object, std::initializer_list<std::string_view> known);

  bool Has(std::string_view name) const { return object_->Find(name) != nullptr; }
  Result<std::string> Text(std::string_view name) const;
  // The text must be this one.
  Result<void> Exactly(std::string_view name, std::string_view text) const;
  // "2026-11-21T22:25:40Z", in that one form.
  Result<Instant> Time(std::string_view name) const;
  Result<std::optional<Instant>> TimeIfThere(std::string_view name) const;
  // A whole number from `least` on.
  Result<std::int64_t> Number(std::string_view name, std::int64_t least) const;
  Result<const json::Value*> Array(std::string_view name) const;
  Result<const json::Value*> Object(std::string_view name) const;
  // The one element of an array of one object.
  Result<const json::Value*> OnlyOne(std::string_view name) const;
  // The value of [{"lang":"en","value":"..."}].
  Result<std::string> Name(std::string_view name) const;
  // Each element read by `read`; fails with kLimit past `entries_max`.
  template <class Entry, class Read>
  Result<std::vector<Entry>> Entries(std::string_view name, std::size_t entries_max, Read read) const {
    TRY_ASSIGN(const json::Value* const array, Array(name));
    if (array->size() > entries_max)
      return Fault{Reason::kLimit, "TRUST-04", "registry: too many entries of " + std::string(name)};
    std::vector<Entry> entries;
    entries.reserve(array->size());
    for (const json::Value& value : *array) {
      Result<Entry> entry = read(value);
      if (!entry.ok()) return std::move(entry).fault();
      entries.push_back(std::move(entry).value());
    }
    return entries;
  }

 private:
  explicit RegistryMembers(const json::Value& object) : object_(&object) {}
  const json::Value* object_;
};

}  // namespace passport
