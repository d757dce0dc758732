// What several kinds ask of their facts. Each fails with kRecordField and names the fields, never a value; an absent
// fact breaks no rule.
#pragma once

#include <string_view>

#include "credential/record/record.h"

namespace passport::kind_rules {

Fault Wrong(std::string_view what);
// "ends_on is before starts_on".
Result<void> NotBefore(const Record& record, std::string_view later, std::string_view earlier);
// "level is not 1 to 12". Bounds keep numbers of documents out of fields that count.
Result<void> Within(const Record& record, std::string_view field, int least, int most);
// "update_service_status goes with update_service_checked_on".
Result<void> GoesWith(const Record& record, std::string_view field, std::string_view other);

}  // namespace passport::kind_rules
