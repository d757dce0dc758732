// One immunity item, apart from the clearance so that a holder shows it to occupational health only (Green Book,
// chapter 12; UK Health Security Agency guidance on healthcare workers and exposure-prone procedures). That a thing was
// done or tested clear, never a titre or a result.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr std::string_view kStatuses[] = {"immune", "course_complete", "tested_clear"};
constexpr FieldRule kFields[] = {
    {"immunity", "Immunity", kWord, kRequired, kAlways, {}, "immunity"},
    {"immunity_status", "Status", kChoice, kRequired, kByChoice, kStatuses},
    {"expires_on", "Expires on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"immunity"};

Result<void> Check(const Record& record) { return kind_rules::NotBefore(record, "expires_on", "achieved_on"); }

}  // namespace

const RecordKind kImmunity{
    .word = "immunity",
    .vct = "urn:staff-passport:immunity:1",
    .label = "Immunity",
    .description = "That a person is immune, was vaccinated or was tested clear, for one item.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
