// Reads the members of one entry of a taxonomy, and says where something is wrong.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/encoding/json.h"
#include "credential/taxonomy/taxonomy.h"

namespace passport {

// Views one JSON value; the tree must outlive it. All functions fail with kFieldInvalid naming place and
// member, never what stands there.
class EntryReader {
 public:
  EntryReader(const json::Value& entry, std::string place) : entry_(&entry), place_(std::move(place)) {}

  Fault Wrong(std::string_view what) const;
  // From here on the place is known by a word that was read.
  void Name(std::string_view place) { place_ = place; }

  // The object that stands in the member; only when Has(name).
  EntryReader Inside(std::string_view name) const { return {*entry_->Find(name), place_ + ", " + std::string(name)}; }
  // The entry is an object with no other members than these.
  Result<void> Only(std::initializer_list<std::string_view> known) const;
  bool Has(std::string_view name) const { return entry_->Find(name) != nullptr; }
  // 1 to 1,000 bytes without control characters.
  Result<std::string> Text(std::string_view name) const;
  // The same, or empty when it is not there.
  Result<std::string> TextIfAny(std::string_view name) const;
  // a-z, 0-9 and '_', begins with a letter, at most 60: the words of records.
  Result<std::string> Word(std::string_view name) const;
  Result<std::vector<std::string>> Words(std::string_view name) const;
  // A-Z, a-z, 0-9 and . - / , at most 40: the codes of records.
  Result<std::string> Code(std::string_view name) const;
  Result<bool> Flag(std::string_view name) const;
  Result<int> Whole(std::string_view name, int least, int most) const;
  Result<CivilDay> Day(std::string_view name) const;
  // An array, filled or not.
  Result<const json::Value*> List(std::string_view name) const;
  // From "from" through "until"; either may be missing.
  Result<Window> Days() const;

 private:
  const json::Value* entry_;
  std::string place_;
};

// The window without bounds.
Window AllDays();

}  // namespace passport
