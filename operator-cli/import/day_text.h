// A day as files write it. Which forms a file may use is a rule of its format; nothing is guessed from what stands
// there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/instant.h"
#include "operator-cli/import/value_class.h"

namespace passport {

struct DayForms {
  bool iso = false;          // 2026-11-22
  bool named_month = false;  // 22-Nov-2026
  bool day_first = false;    // 22/11/2026, and 03/04/2026 is 3 April
};

struct DayReading {
  std::optional<CivilDay> day;
  ValueClass value_class = ValueClass::kDayOtherForm;  // why not
  std::string rule;                                    // "is not a day like 2026-11-22"; empty with a day
};

// Exactly one of the forms: two digits of day and month, four of the year, no time, no spreadsheet's day number.
// `text` is not empty. Any thread may call.
DayReading ReadDay(std::string_view text, DayForms forms);

}  // namespace passport
