// An employment assignment (domain sheet 5).
#include "credential/record/kinds/kinds.h"
#include "credential/record/record.h"

namespace passport {
namespace {

constexpr std::string_view kCategories[] = {"permanent",  "fixed_term", "bank",     "honorary",
                                            "secondment", "locum",      "volunteer"};
constexpr FieldRule kFields[] = {
    {"position_title", FieldShape::kName, Presence::kRequired, Showing::kByChoice},
    {"staff_group", FieldShape::kWord, Presence::kRequired, Showing::kByChoice},
    {"job_role", FieldShape::kWord, Presence::kOptional, Showing::kByChoice},
    {"area_of_work", FieldShape::kWord, Presence::kOptional, Showing::kByChoice},
    {"assignment_category", FieldShape::kChoice, Presence::kRequired, Showing::kByChoice, kCategories},
    {"assignment_number", FieldShape::kCode, Presence::kOptional, Showing::kByChoice},
    {"employer_name", FieldShape::kName, Presence::kOptional, Showing::kByChoice},
    {"full_time_equivalent", FieldShape::kCode, Presence::kOptional, Showing::kByChoice},
    {"starts_on", FieldShape::kDay, Presence::kRequired, Showing::kByChoice},
    {"ends_on", FieldShape::kDay, Presence::kOptional, Showing::kAlways},
    PASSPORT_COMMON_FIELDS,
};

// Whole-time equivalent 0.00 to 1.00 with two decimals.
bool IsShareOfFullTime(std::string_view text) {
  if (text == "1.00") return true;
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  return text.size() == 4 && text[0] == '0' && text[1] == '.' && digit(2) && digit(3);
}

Result<void> Check(const Record& record) {
  const auto ends = record.Day("ends_on");
  if (ends && *ends < *record.Day("starts_on")) return Fault{Reason::kRecordField, "", "ends_on is before starts_on"};
  const auto share = record.Find("full_time_equivalent");
  if (share && !IsShareOfFullTime(*share))
    return Fault{Reason::kRecordField, "", "full_time_equivalent is not 0.00 to 1.00"};
  return {};
}

}  // namespace

const RecordKind kEmployment{.word = "employment",
                             .vct = "urn:staff-passport:employment:1",
                             .label = "Employment assignment",
                             .fields = kFields,
                             .check = Check};

}  // namespace passport
