// The facts of a credential of each kind, as another issuer may have signed them.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "credential/record/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  passport::json::Tree tree;
  const auto claims = tree.Parse(text, passport::json::kTokenLimits);
  if (!claims.ok()) return 0;
  for (const passport::RecordKind* kind : passport::AllRecordKinds()) {
    const auto read = passport::Record::FromClaims(*kind, **claims);
    if (!read.ok()) continue;
    // What was read can be written and read again, and is whole or is refused by name.
    passport::json::Value& again = tree.Object();
    std::vector<passport::Record::Field> fields;
    for (const passport::Fact& fact : read->facts()) {
      again.Append(fact.rule->name, passport::Record::ToJson(fact, tree));
      fields.emplace_back(fact.rule->name, fact.value);
    }
    const auto twin = passport::Record::FromClaims(*kind, again);
    if (!twin.ok() || twin->facts().size() != read->facts().size()) std::abort();
    const auto whole = passport::Record::Make(*kind, fields);
    if (whole.ok() && whole->Identity() != read->Identity()) std::abort();
    if (!whole.ok() && whole.fault().detail.empty()) std::abort();
  }
  return 0;
}
