// A right to work check (Home Office employer guidance): how it was checked, until when it holds, and that there are
// limits. Each employer needs its own check for its own statutory excuse, so a receiver takes this as what another
// employer found, never as its own check.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr int kHoursOfAWeek = 168;
constexpr std::string_view kBases[] = {"document_check", "online_share_code", "identity_provider"};
constexpr std::string_view kExtents[] = {"unlimited", "time_limited"};
constexpr FieldRule kFields[] = {
    {"basis", "Basis of the check", kChoice, kRequired, kByChoice, kBases},
    {"extent", "Extent", kChoice, kRequired, kAlways, kExtents},
    {"ends_on", "Ends on", kDay, kOptional, kAlways},
    {"restricted", "Restricted (hours, sponsor or kind of work)", kFlag, kRequired, kByChoice},
    {"hours_per_week_max", "Hours a week at most", kNumber, kOptional, kAlways},
    PASSPORT_COMMON_FIELDS,
};

Result<void> Check(const Record& record) {
  const bool limited = record.Find("extent") == "time_limited";
  if (limited && !record.Find("ends_on")) return kind_rules::Wrong("ends_on is missing from a time-limited right");
  if (!limited && record.Find("ends_on")) return kind_rules::Wrong("ends_on stands with an unlimited right");
  TRY(kind_rules::NotBefore(record, "ends_on", "achieved_on"));
  TRY(kind_rules::Within(record, "hours_per_week_max", 1, kHoursOfAWeek));
  if (record.Find("hours_per_week_max") && !*record.Flag("restricted")) {
    return kind_rules::Wrong("restricted is false although hours_per_week_max is stated");
  }
  return {};
}

}  // namespace

const RecordKind kRightToWork{
    .word = "right_to_work",
    .vct = "urn:staff-passport:right-to-work:1",
    .label = "Right to work",
    .description = "That an employer checked a person's right to work in the United Kingdom, and until when it holds.",
    .fields = kFields,
    .identity = {},
    .check = Check,
};

}  // namespace passport
