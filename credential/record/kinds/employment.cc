// An employment assignment, with the names the Electronic Staff Record has for its fields; other employers fill in what
// they have.
#include "credential/record/code_forms.h"
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr int kPayStepsMost = 99;
constexpr int kDaysOfAYear = 366;
constexpr int kNoticeWeeksMost = 104;
constexpr std::string_view kCategories[] = {"permanent",  "fixed_term", "bank",     "honorary",
                                            "secondment", "locum",      "volunteer"};
constexpr std::string_view kStatuses[] = {"active", "inactive"};
constexpr FieldRule kFields[] = {
    {"position_title", "Position title", kName, kRequired, kByChoice},
    {"staff_group", "Staff group", kWord, kRequired, kByChoice, {}, "staff_group"},
    {"job_role", "Job role", kWord, kOptional, kByChoice, {}, "job_role"},
    {"occupation_code", "Occupation code", kCode, kOptional, kByChoice},
    {"area_of_work", "Area of work", kWord, kOptional, kByChoice},
    {"department", "Department", kName, kOptional, kByChoice},
    {"location", "Location", kName, kOptional, kByChoice},
    {"assignment_category", "Assignment category", kChoice, kRequired, kByChoice, kCategories},
    {"assignment_status", "Assignment status", kChoice, kOptional, kByChoice, kStatuses},
    {"primary", "Primary assignment", kFlag, kOptional, kByChoice},
    {"employee_number", "Employee number", kCode, kOptional, kByChoice},
    {"assignment_number", "Assignment number", kCode, kOptional, kByChoice},
    {"position_number", "Position number", kCode, kOptional, kByChoice},
    {"local_organisation_number", "Local organisation number (VPD)", kCode, kOptional, kByChoice},
    {"employer_name", "Employer", kName, kOptional, kByChoice},
    {"full_time_equivalent", "Full-time equivalent", kCode, kOptional, kByChoice},
    {"contracted_hours", "Contracted hours a week", kCode, kOptional, kByChoice},
    {"working_time_opt_out", "Working time opt-out", kFlag, kOptional, kByChoice},
    {"pay_scheme", "Pay scheme", kWord, kOptional, kByChoice, {}, "pay_scheme"},
    {"pay_band", "Pay band", kCode, kOptional, kByChoice},
    {"pay_step", "Pay step", kNumber, kOptional, kByChoice},
    {"continuous_service_from", "Continuous service from", kDay, kOptional, kByChoice},
    {"reckonable_service_from", "Reckonable service from", kDay, kOptional, kByChoice},
    {"redundancy_service_from", "Service for redundancy from", kDay, kOptional, kByChoice},
    {"annual_leave_days", "Annual leave in days", kNumber, kOptional, kByChoice},
    {"notice_weeks", "Notice in weeks", kNumber, kOptional, kByChoice},
    {"starts_on", "Starts on", kDay, kRequired, kByChoice},
    {"ends_on", "Ends on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"assignment_number"};

// Full-time equivalent 0.00 to 1.00 with two decimals.
bool IsShareOfFullTime(std::string_view text) { return text == "1.00" || (FitsMask(text, "9.99") && text[0] == '0'); }

// "37.50"; 0.00 to 99.99.
bool AreHours(std::string_view text) { return FitsMask(text, "9.99") || (FitsMask(text, "99.99") && text[0] != '0'); }

Result<void> CheckNumbers(const Record& record) {
  const auto share = record.Find("full_time_equivalent");
  if (share && !IsShareOfFullTime(*share)) return kind_rules::Wrong("full_time_equivalent is not 0.00 to 1.00");
  const auto hours = record.Find("contracted_hours");
  if (hours && !AreHours(*hours)) return kind_rules::Wrong("contracted_hours is not 0.00 to 99.99");
  const auto occupation = record.Find("occupation_code");
  if (occupation && !FitsMask(*occupation, "XXX")) {
    return kind_rules::Wrong("occupation_code is not three characters of A-Z and 0-9");
  }
  const auto organisation = record.Find("local_organisation_number");
  if (organisation && !FitsMask(*organisation, "999")) {
    return kind_rules::Wrong("local_organisation_number is not three digits");
  }
  TRY(kind_rules::Within(record, "pay_step", 0, kPayStepsMost));
  TRY(kind_rules::Within(record, "annual_leave_days", 0, kDaysOfAYear));
  return kind_rules::Within(record, "notice_weeks", 0, kNoticeWeeksMost);
}

Result<void> Check(const Record& record) {
  TRY(CheckNumbers(record));
  return kind_rules::NotBefore(record, "ends_on", "starts_on");
}

}  // namespace

const RecordKind kEmployment{
    .word = "employment",
    .vct = "urn:staff-passport:employment:1",
    .label = "Employment assignment",
    .description = "One assignment of a person with an employer: role, hours, terms and service.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
    .ends_with_employment = true,
};

}  // namespace passport
