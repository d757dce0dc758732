// One earlier employment and what became of asking for a reference (NHS Employers, employment history and reference
// checks): dates and "satisfactory or unresolved", never a word about the person.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr std::string_view kSectors[] = {"health_care", "social_care", "children", "vulnerable_adults", "other"};
constexpr std::string_view kReferences[] = {"satisfactory", "unresolved", "not_sought"};
constexpr std::string_view kGaps[] = {"none", "explained", "unexplained"};
constexpr FieldRule kFields[] = {
    {"employer_name", "Employer", kName, kRequired, kByChoice},
    {"job_title", "Job title", kName, kRequired, kByChoice},
    {"sector", "Sector", kChoice, kRequired, kByChoice, kSectors},
    {"starts_on", "Started on", kDay, kRequired, kByChoice},
    {"ends_on", "Ended on", kDay, kOptional, kAlways},
    {"reference", "Reference", kChoice, kRequired, kByChoice, kReferences},
    {"leaving_reason", "Reason for leaving", kWord, kOptional, kByChoice, {}, "leaving_reason"},
    {"gap_before", "Gap before", kChoice, kRequired, kByChoice, kGaps},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"employer_name", "starts_on"};

Result<void> Check(const Record& record) {
  TRY(kind_rules::NotBefore(record, "ends_on", "starts_on"));
  return kind_rules::GoesWith(record, "leaving_reason", "ends_on");
}

}  // namespace

const RecordKind kEmploymentHistory{
    .word = "employment_history",
    .vct = "urn:staff-passport:employment-history:1",
    .label = "Employment history",
    .description = "One earlier employment, and whether its reference is satisfactory or unresolved.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
