// A licence to attend: somebody employed elsewhere may attend a place, under an agreement, between two days (formerly
// an honorary contract or letter of authority).
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr std::string_view kSupervisions[] = {"none", "indirect", "direct"};
constexpr FieldRule kFields[] = {
    {"place", "Place", kOrganisation, kRequired, kAlways},
    {"place_name", "Name of the place", kName, kRequired, kByChoice},
    {"supervision", "Supervision", kChoice, kRequired, kByChoice, kSupervisions},
    {"agreement", "Agreement", kCode, kRequired, kByChoice},
    {"area", "Ward, team or area", kName, kOptional, kByChoice},
    {"starts_on", "Starts on", kDay, kRequired, kByChoice},
    {"ends_on", "Ends on", kDay, kRequired, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"place", "starts_on"};

Result<void> Check(const Record& record) { return kind_rules::NotBefore(record, "ends_on", "starts_on"); }

}  // namespace

const RecordKind kLicenceToAttend{
    .word = "licence_to_attend",
    .vct = "urn:staff-passport:licence-to-attend:1",
    .label = "Licence to attend",
    .description = "That a person employed elsewhere may attend a place, until a day and under an agreement.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
    .ends_with_employment = true,
};

}  // namespace passport
