// Membership of a multidisciplinary team, such as a neighbourhood team of a trust, a council, a practice and a charity.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr FieldRule kFields[] = {
    {"team_code", "Team code", kCode, kRequired, kAlways},
    {"team_name", "Team", kName, kRequired, kByChoice},
    {"role", "Role in the team", kWord, kRequired, kByChoice, {}, "job_role"},
    {"place", "Place", kOrganisation, kOptional, kByChoice},
    {"starts_on", "Starts on", kDay, kRequired, kByChoice},
    {"ends_on", "Ends on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"team_code"};

Result<void> Check(const Record& record) { return kind_rules::NotBefore(record, "ends_on", "starts_on"); }

}  // namespace

const RecordKind kMdtMembership{
    .word = "mdt_membership",
    .vct = "urn:staff-passport:mdt-membership:1",
    .label = "Membership of a multidisciplinary team",
    .description = "That a person belongs to a multidisciplinary team, and in which role.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
    .ends_with_employment = true,
};

}  // namespace passport
