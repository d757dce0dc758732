// A qualification that an employer has seen proof of (NHS Employers, professional registration and qualification
// checks); never the certificate or its number.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr int kLevelMost = 12;  // the highest level of the Scottish framework; England's has 8
constexpr FieldRule kFields[] = {
    {"qualification", "Qualification", kWord, kRequired, kAlways, {}, "qualification"},
    {"title", "Title", kName, kRequired, kByChoice},
    {"awarding_body", "Awarding body", kName, kRequired, kByChoice},
    {"level", "Level", kNumber, kOptional, kByChoice},
    {"expires_on", "Expires on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"qualification", "title"};

Result<void> Check(const Record& record) {
  TRY(kind_rules::Within(record, "level", 0, kLevelMost));
  return kind_rules::NotBefore(record, "expires_on", "achieved_on");
}

}  // namespace

const RecordKind kQualification{
    .word = "qualification",
    .vct = "urn:staff-passport:qualification:1",
    .label = "Qualification",
    .description = "A qualification a person was awarded, as an employer saw the proof of it.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
