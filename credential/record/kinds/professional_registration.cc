// An entry on a professional register as it was seen on a day. A number is no proof: the status must be looked up
// again. Regulators, the forms of their numbers and their words are data of the taxonomy.
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr FieldRule kFields[] = {
    {"regulator", "Regulator", kCode, kRequired, kAlways, {}, "regulator"},
    {"number", "Registration number", kCode, kRequired, kByChoice},
    {"part", "Part of the register", kWord, kRequired, kByChoice, {}, "register_part"},
    {"register_status", "Status on the register", kWord, kRequired, kByChoice, {}, "register_status"},
    {"restrictions", "Restrictions on practice", kFlag, kRequired, kByChoice},
    {"register_checked_on", "Register looked up on", kDay, kRequired, kByChoice},
    {"annotation", "Annotation", kWord, kOptional, kByChoice, {}, "register_annotation"},
    {"expires_on", "Registration expires on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"regulator", "number", "annotation"};

}  // namespace

const RecordKind kProfessionalRegistration{
    .word = "professional_registration",
    .vct = "urn:staff-passport:professional-registration:1",
    .label = "Professional registration",
    .description = "An entry on the register of a profession, as an employer saw it on a day.",
    .fields = kFields,
    .identity = kIdentity,
    .check = nullptr,
};

}  // namespace passport
