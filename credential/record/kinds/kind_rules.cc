#include "credential/record/kinds/kind_rules.h"

#include <string>

namespace passport::kind_rules {

Fault Wrong(std::string_view what) { return {Reason::kRecordField, "", std::string(what)}; }

Result<void> NotBefore(const Record& record, std::string_view later, std::string_view earlier) {
  const auto last = record.Day(later);
  const auto first = record.Day(earlier);
  if (last && first && *last < *first) return Wrong(std::string(later) + " is before " + std::string(earlier));
  return {};
}

Result<void> Within(const Record& record, std::string_view field, int least, int most) {
  const auto number = record.Number(field);
  if (number && (*number < least || *number > most)) {
    return Wrong(std::string(field) + " is not " + std::to_string(least) + " to " + std::to_string(most));
  }
  return {};
}

Result<void> GoesWith(const Record& record, std::string_view field, std::string_view other) {
  if (record.Find(field) && !record.Find(other)) return Wrong(std::string(field) + " goes with " + std::string(other));
  return {};
}

}  // namespace passport::kind_rules
