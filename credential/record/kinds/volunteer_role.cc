// A volunteer's role, and whether it is regulated activity: that decides which criminal record check may be asked for
// (Safeguarding Vulnerable Groups Act 2006, schedule 4).
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr FieldRule kFields[] = {
    {"role", "Role", kWord, kRequired, kAlways, {}, "volunteer_role"},
    {"role_title", "Title of the role", kName, kRequired, kByChoice},
    {"regulated_activity", "Regulated activity", kFlag, kRequired, kByChoice},
    {"supervised", "Supervised", kFlag, kRequired, kByChoice},
    {"place", "Place", kOrganisation, kOptional, kByChoice},
    {"starts_on", "Starts on", kDay, kRequired, kByChoice},
    {"ends_on", "Ends on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"role"};

Result<void> Check(const Record& record) { return kind_rules::NotBefore(record, "ends_on", "starts_on"); }

}  // namespace

const RecordKind kVolunteerRole{
    .word = "volunteer_role",
    .vct = "urn:staff-passport:volunteer-role:1",
    .label = "Volunteer role",
    .description = "A role a volunteer has, and whether it is regulated activity.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
    .ends_with_employment = true,
};

}  // namespace passport
