// Something a person holds or is on that is neither a register entry nor a course: the performers list, an indemnity, a
// smartcard, a licence class. A fact and its end, never the document.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr FieldRule kFields[] = {
    {"entitlement", "Entitlement", kWord, kRequired, kAlways, {}, "entitlement"},
    {"reference", "Reference", kCode, kOptional, kByChoice},
    {"starts_on", "Starts on", kDay, kOptional, kByChoice},
    {"expires_on", "Expires on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"entitlement"};

Result<void> Check(const Record& record) {
  TRY(kind_rules::NotBefore(record, "expires_on", "achieved_on"));
  return kind_rules::NotBefore(record, "expires_on", "starts_on");
}

}  // namespace

const RecordKind kEntitlement{
    .word = "entitlement",
    .vct = "urn:staff-passport:entitlement:1",
    .label = "Entitlement",
    .description = "A list, cover, card or licence class a person holds, and until when.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
