// A criminal record check (domain sheet 4): what was checked, seen and decided; never what a certificate says. Passing
// its content on is an offence (Police Act 1997 s124), so there is no field for it.
#include "credential/record/kinds/kinds.h"
#include "credential/record/record.h"

namespace passport {
namespace {

constexpr std::string_view kLevels[] = {"basic", "standard", "enhanced"};
constexpr std::string_view kWorkforces[] = {"adult", "child", "adult_and_child", "other"};
constexpr std::string_view kDecisions[] = {"cleared", "cleared_with_conditions"};
constexpr FieldRule kFields[] = {
    {"certificate_number", FieldShape::kCode, Presence::kRequired, Showing::kByChoice},
    {"issued_on", FieldShape::kDay, Presence::kRequired, Showing::kByChoice},
    {"level", FieldShape::kChoice, Presence::kRequired, Showing::kByChoice, kLevels},
    {"workforce", FieldShape::kChoice, Presence::kRequired, Showing::kByChoice, kWorkforces},
    {"barred_adults", FieldShape::kFlag, Presence::kRequired, Showing::kByChoice},
    {"barred_children", FieldShape::kFlag, Presence::kRequired, Showing::kByChoice},
    {"seen_on", FieldShape::kDay, Presence::kRequired, Showing::kByChoice},
    {"seen_by_role", FieldShape::kWord, Presence::kOptional, Showing::kByChoice},
    {"decision", FieldShape::kChoice, Presence::kRequired, Showing::kByChoice, kDecisions},
    {"update_service", FieldShape::kFlag, Presence::kRequired, Showing::kByChoice},
    {"update_service_checked_on", FieldShape::kDay, Presence::kOptional, Showing::kByChoice},
    PASSPORT_COMMON_FIELDS,
};

Result<void> Check(const Record& record) {
  const std::string_view number = *record.Find("certificate_number");
  const bool digits = number.find_first_not_of("0123456789") == std::string_view::npos;
  if (number.size() != 12 || !digits) return Fault{Reason::kRecordField, "", "certificate_number is not 12 digits"};
  if (*record.Day("seen_on") < *record.Day("issued_on"))
    return Fault{Reason::kRecordField, "", "seen_on is before issued_on"};
  const bool barred = *record.Flag("barred_adults") || *record.Flag("barred_children");
  if (barred && record.Find("level") != "enhanced") {
    return Fault{Reason::kRecordField, "", "barred lists are checked with an enhanced certificate only"};
  }
  return {};
}

}  // namespace

const RecordKind kCriminalRecordCheck{.word = "criminal_record_check",
                                      .vct = "urn:staff-passport:criminal-record-check:1",
                                      .label = "Criminal record check",
                                      .fields = kFields,
                                      .check = Check};

}  // namespace passport
