#include "operator-cli/import/day_text.h"

#include <string>
#include <vector>

#include "tests/operator/import/import_cases.h"

namespace passport {
namespace {

constexpr DayForms kIso{.iso = true};
constexpr DayForms kNamed{.named_month = true};
constexpr DayForms kAll{.iso = true, .named_month = true, .day_first = true};

TEST_F(Import, ReadsADayInTheFormsOfItsFormatOnly) {
  struct Given {
    std::string_view text;
    DayForms forms;
    std::string_view day;
  };
  for (const Given& one : std::vector<Given>{
           {"2026-11-22", kIso, "2026-11-22"},
           {"2024-02-29", kIso, "2024-02-29"},
           {"30-Nov-2028", kNamed, "2028-11-30"},
           {"30-NOV-2028", kNamed, "2028-11-30"},
           {"01-jan-1900", kNamed, "1900-01-01"},
           {"30/11/2028", kAll, "2028-11-30"},
           {"03/04/2026", kAll, "2026-04-03"},
           {"2026-11-22", kAll, "2026-11-22"},
           {"30-Nov-2028", kAll, "2028-11-30"},
       }) {
    const DayReading reading = ReadDay(one.text, one.forms);
    ASSERT_TRUE(reading.day) << one.text << reading.rule;
    EXPECT_EQ(reading.day->Text(), one.day);
    Case();
  }
}

TEST_F(Import, RefusesADayThatWouldHaveToBeGuessed) {
  struct Given {
    std::string_view text;
    DayForms forms;
    ValueClass value_class;
  };
  for (const Given& one : std::vector<Given>{
           {"2026-06-31", kIso, ValueClass::kNoSuchDay},
           {"31-Jun-2026", kNamed, ValueClass::kNoSuchDay},
           {"31/06/2026", kAll, ValueClass::kNoSuchDay},
           {"29/02/2025", kAll, ValueClass::kNoSuchDay},
           {"04/13/2026", kAll, ValueClass::kNoSuchDay},
           {"2026-13-01", kIso, ValueClass::kNoSuchDay},
           {"1899-12-31", kIso, ValueClass::kNoSuchDay},
           {"45292", kIso, ValueClass::kDayNumber},
           {"45292", kAll, ValueClass::kDayNumber},
           {"45292.5", kNamed, ValueClass::kDayNumber},
           {"1", kAll, ValueClass::kDayNumber},
           {"30-NOV-28", kNamed, ValueClass::kDayTwoDigitYear},
           {"30-Nov-28", kAll, ValueClass::kDayTwoDigitYear},
           {"30/11/28", kAll, ValueClass::kDayTwoDigitYear},
           {"28-11-30", kIso, ValueClass::kDayTwoDigitYear},
           {"2026-11-22 00:00:00", kIso, ValueClass::kDayWithTime},
           {"2026-11-22T09:30:00Z", kAll, ValueClass::kDayWithTime},
           {"22/11/2026 09:30", kAll, ValueClass::kDayWithTime},
           {"30/11/2028", kIso, ValueClass::kDayOtherForm},
           {"30/11/2028", kNamed, ValueClass::kDayOtherForm},
           {"30-Nov-2028", kIso, ValueClass::kDayOtherForm},
           {"2026-11-22", kNamed, ValueClass::kDayOtherForm},
           {"1/11/2028", kAll, ValueClass::kDayOtherForm},
           {"1-Nov-2028", kAll, ValueClass::kDayOtherForm},
           {"30-Nof-2028", kAll, ValueClass::kDayOtherForm},
           {"30 Nov 2028", kAll, ValueClass::kDayOtherForm},
           {"November 30, 2028", kAll, ValueClass::kDayOtherForm},
           {"20281130", kAll, ValueClass::kDayOtherForm},
           {"30.11.2028", kAll, ValueClass::kDayOtherForm},
           {"2028/11/30", kAll, ValueClass::kDayOtherForm},
           {"########", kAll, ValueClass::kDayOtherForm},
           {"never", kAll, ValueClass::kDayOtherForm},
           {"09:30", kAll, ValueClass::kDayOtherForm},
           {"45292.x", kAll, ValueClass::kDayOtherForm},
           {"-45292", kAll, ValueClass::kDayOtherForm},
       }) {
    const DayReading reading = ReadDay(one.text, one.forms);
    EXPECT_FALSE(reading.day) << one.text;
    EXPECT_EQ(WordOf(reading.value_class), WordOf(one.value_class)) << one.text;
    EXPECT_TRUE(one.text.size() == 1 || reading.rule.find(one.text) == std::string::npos)
        << "says nothing of what stood there: " << reading.rule;
    Case();
  }
  EXPECT_NE(ReadDay("45292", kIso).rule.find("format the column as a day like 2026-11-22"), std::string::npos);
}

}  // namespace
}  // namespace passport
