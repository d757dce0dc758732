// A competence signed off in practice: what, at which level, seen by whom (a role) and in which setting.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr int kLevelMost = 99;
constexpr FieldRule kFields[] = {
    {"competence", "Competence", kWord, kRequired, kAlways, {}, "competence"},
    {"level", "Level", kNumber, kOptional, kAlways},
    {"observed", "Observed in practice", kFlag, kRequired, kByChoice},
    {"assessor_role", "Assessed by (role)", kWord, kOptional, kByChoice, {}, "checker_role"},
    {"setting", "Setting", kWord, kOptional, kByChoice, {}, "setting"},
    {"expires_on", "Expires on", kDay, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"competence"};

Result<void> Check(const Record& record) {
  TRY(kind_rules::Within(record, "level", 0, kLevelMost));
  return kind_rules::NotBefore(record, "expires_on", "achieved_on");
}

}  // namespace

const RecordKind kCompetence{
    .word = "competence",
    .vct = "urn:staff-passport:competence:1",
    .label = "Competence signed off in practice",
    .description = "A competence that an assessor signed off in practice.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
