// A student's placement: which programme, where, under which supervision, between two days.
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr int kYearsMost = 10;
constexpr std::string_view kSupervisions[] = {"none", "indirect", "direct"};
constexpr FieldRule kFields[] = {
    {"programme", "Programme", kName, kRequired, kByChoice},
    {"education_provider", "Education provider", kName, kRequired, kByChoice},
    {"place", "Place", kOrganisation, kRequired, kByChoice},
    {"year_of_study", "Year of study", kNumber, kOptional, kByChoice},
    {"supervision", "Supervision", kChoice, kRequired, kByChoice, kSupervisions},
    {"starts_on", "Starts on", kDay, kRequired, kByChoice},
    {"ends_on", "Ends on", kDay, kRequired, kAlways},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"programme", "starts_on"};

Result<void> Check(const Record& record) {
  TRY(kind_rules::Within(record, "year_of_study", 1, kYearsMost));
  return kind_rules::NotBefore(record, "ends_on", "starts_on");
}

}  // namespace

const RecordKind kEducationPlacement{
    .word = "education_placement",
    .vct = "urn:staff-passport:education-placement:1",
    .label = "Education placement",
    .description = "A placement of a student at an organisation, with its supervision and days.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
    .ends_with_employment = true,
};

}  // namespace passport
