// A criminal record check: what was checked, seen and decided; never what a certificate says. Passing its content on is
// an offence (Police Act 1997 s124), so there is no field for it.
#include "credential/record/code_forms.h"
#include "credential/record/kinds/kind_rules.h"
#include "credential/record/kinds/kinds.h"

namespace passport {
namespace {

using enum FieldShape;
using enum Presence;
using enum Showing;

constexpr std::string_view kLevels[] = {"basic", "standard", "enhanced"};
constexpr std::string_view kWorkforces[] = {"adult", "child", "adult_and_child", "other"};
constexpr std::string_view kDecisions[] = {"cleared", "cleared_with_conditions"};
// The three answers of the Update Service (DBS Update Service employer guide).
constexpr std::string_view kUpdateStatuses[] = {"clear_and_current", "current", "no_longer_current"};
constexpr FieldRule kFields[] = {
    {"certificate_number", "Certificate number", kCode, kRequired, kByChoice},
    {"issued_on", "Issued on", kDay, kRequired, kByChoice},
    {"level", "Level", kChoice, kRequired, kByChoice, kLevels},
    {"workforce", "Workforce", kChoice, kRequired, kByChoice, kWorkforces},
    {"barred_adults", "Adults' barred list checked", kFlag, kRequired, kByChoice},
    {"barred_children", "Children's barred list checked", kFlag, kRequired, kByChoice},
    {"seen_on", "Certificate seen on", kDay, kRequired, kByChoice},
    {"seen_by_role", "Seen by (role)", kWord, kOptional, kByChoice, {}, "checker_role"},
    {"decision", "Decision", kChoice, kRequired, kByChoice, kDecisions},
    {"update_service", "Update Service", kFlag, kRequired, kByChoice},
    {"update_service_checked_on", "Update Service asked on", kDay, kOptional, kByChoice},
    // Always shown: "no longer current" kept back would leave a certificate that says more than it should.
    {"update_service_status", "Answer of the Update Service", kChoice, kOptional, kAlways, kUpdateStatuses},
    PASSPORT_COMMON_FIELDS,
};
constexpr std::string_view kIdentity[] = {"certificate_number"};

Result<void> CheckUpdateService(const Record& record) {
  TRY(kind_rules::GoesWith(record, "update_service_status", "update_service_checked_on"));
  if (record.Find("update_service_checked_on") && !*record.Flag("update_service")) {
    return kind_rules::Wrong("update_service_checked_on goes with update_service");
  }
  return kind_rules::NotBefore(record, "update_service_checked_on", "issued_on");
}

Result<void> Check(const Record& record) {
  if (!IsCertificateNumber(*record.Find("certificate_number"))) {
    return kind_rules::Wrong("certificate_number is not 12 digits");
  }
  TRY(kind_rules::NotBefore(record, "seen_on", "issued_on"));
  const bool barred = *record.Flag("barred_adults") || *record.Flag("barred_children");
  if (barred && record.Find("level") != "enhanced") {
    return kind_rules::Wrong("barred lists are checked with an enhanced certificate only");
  }
  return CheckUpdateService(record);
}

}  // namespace

const RecordKind kCriminalRecordCheck{
    .word = "criminal_record_check",
    .vct = "urn:staff-passport:criminal-record-check:1",
    .label = "Criminal record check",
    .description = "That an employer saw a certificate of the Disclosure and Barring Service and what it decided.",
    .fields = kFields,
    .identity = kIdentity,
    .check = Check,
};

}  // namespace passport
