// Work health clearance (NHS Employers, work health assessments): fit for the role, with or without adjustments. No
// diagnosis and no adjustment in words: those stay between the person and occupational health.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr std::string_view kClearances[] = {"cleared", "cleared_with_adjustments"};
constexpr FieldRule kFields[] = {
    {"clearance", "Clearance", kChoice, kRequired, kByChoice, kClearances},
    {"exposure_prone_procedures", "Cleared for exposure-prone procedures", kFlag, kRequired, kByChoice},
    {"ends_on", "Ends on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};

Result<void> Check(const Record& record) { return kind_rules::NotBefore(record, "ends_on", "achieved_on"); }

}  // namespace

const RecordKind kWorkHealthClearance{
    .word = "work_health_clearance",
    .vct = "urn:staff-passport:work-health-clearance:1",
    .label = "Work health clearance",
    .description = "That occupational health cleared a person for work, with or without adjustments.",
    .fields = kFields,
    .identity = {},
    .check = Check,
};

}  // namespace passport
