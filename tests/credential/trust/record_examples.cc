// Records as they are in life, one of each kind: those of a community nurse of the trust, and where no nurse would hold
// the kind, of somebody else. The pages in docs/formats/records show the same.
#include <cstdio>
#include <cstdlib>
#include <map>

#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

using Fields = std::vector<Record::Field>;

struct Vouching {
  std::string achieved_on;
  std::string assurance;
  std::string method;
  std::string checker_role;
  std::string checked_on;
};

// Who vouches, at the end of every example.
Fields Vouched(Fields fields, const Vouching& by) {
  fields.insert(fields.end(), {{"achieved_on", by.achieved_on},
                               {"assurance", by.assurance},
                               {"method", by.method},
                               {"checker_role", by.checker_role},
                               {"checked_on", by.checked_on}});
  return fields;
}

Fields IdentityFields() {
  return Vouched({{"given_names", "Zo\xc3\xab Mary"},
                  {"family_name", "O'Neill-Adeyemi"},
                  {"date_of_birth", "1990-02-28"},
                  {"document_types", "passport_and_utility_bill"}},
                 {"2025-01-02", "primary_source_verified", "documents_seen", "recruitment_officer", "2025-01-02"});
}

Fields RightToWorkFields() {
  return Vouched({{"basis", "online_share_code"},
                  {"extent", "time_limited"},
                  {"ends_on", "2028-09-30"},
                  {"restricted", "true"},
                  {"hours_per_week_max", "20"}},
                 {"2025-01-02", "primary_source_verified", "share_code", "recruitment_officer", "2025-01-02"});
}

Fields RegistrationFields() {
  return Vouched({{"regulator", "NMC"},
                  {"number", "01A2345N"},
                  {"part", "registered_nurse"},
                  {"register_status", "registered"},
                  {"restrictions", "false"},
                  {"register_checked_on", "2026-11-21"},
                  {"expires_on", "2027-06-30"}},
                 {"2015-09-01", "primary_source_verified", "register_lookup", "workforce_information", "2026-11-21"});
}

Fields QualificationFields() {
  return Vouched({{"qualification", "degree"},
                  {"title", "BSc (Hons) Adult Nursing"},
                  {"awarding_body", "University of Flitwater (fictional)"},
                  {"level", "6"}},
                 {"2015-07-10", "employer_verified", "certificate_seen", "recruitment_officer", "2025-01-02"});
}

Fields EmploymentHistoryFields() {
  return Vouched({{"employer_name", "Larkmead House Care Home (fictional)"},
                  {"job_title", "Senior Carer"},
                  {"sector", "social_care"},
                  {"starts_on", "2012-03-01"},
                  {"ends_on", "2015-08-31"},
                  {"reference", "satisfactory"},
                  {"leaving_reason", "end_of_contract"},
                  {"gap_before", "none"}},
                 {"2025-01-03", "employer_verified", "reference_received", "recruitment_officer", "2025-01-03"});
}

Fields CriminalRecordFields() {
  return Vouched({{"certificate_number", "001234567890"},
                  {"issued_on", "2025-01-03"},
                  {"level", "enhanced"},
                  {"workforce", "adult_and_child"},
                  {"barred_adults", "true"},
                  {"barred_children", "true"},
                  {"seen_on", "2025-01-05"},
                  {"decision", "cleared"},
                  {"update_service", "true"},
                  {"update_service_checked_on", "2026-10-01"}},
                 {"2025-01-03", "employer_verified", "certificate_seen", "recruitment_officer", "2025-01-05"});
}

Fields WorkHealthFields() {
  return Vouched(
      {{"clearance", "cleared_with_adjustments"}, {"exposure_prone_procedures", "false"}},
      {"2025-01-04", "employer_verified", "occupational_health_assessment", "occupational_health", "2025-01-04"});
}

Fields ImmunityFields() {
  return Vouched(
      {{"immunity", "hepatitis_b"}, {"immunity_status", "immune"}},
      {"2015-10-12", "employer_verified", "occupational_health_assessment", "occupational_health", "2025-01-04"});
}

Fields EmploymentFields() {
  return Vouched({{"position_title", "Community Nurse"},
                  {"staff_group", "nursing_and_midwifery_registered"},
                  {"assignment_category", "permanent"},
                  {"full_time_equivalent", "0.80"},
                  {"starts_on", "2025-01-06"}},
                 {"2025-01-06", "employer_verified", "employer_record", "workforce_information", "2025-01-06"});
}

Fields TrainingFields() {
  return Vouched({{"subject", "moving_and_handling"},
                  {"level", "2"},
                  {"framework", "cstf"},
                  {"provider", "Bedford College of Health"}},
                 {"2026-03-01", "employer_verified", "learning_record", "workforce_information", "2026-03-01"});
}

Fields OtherTrainingFields() {
  return Vouched({{"topic", "wound_care"},
                  {"title", "Leg ulcer assessment, two days"},
                  {"provider", "Bedford College of Health"},
                  {"cpd_minutes", "720"},
                  {"assessed_by", "practical_assessment"}},
                 {"2026-04-17", "employer_verified", "learning_record", "line_manager", "2026-05-02"});
}

Fields CompetenceFields() {
  return Vouched({{"competence", "male_catheterisation"},
                  {"observed", "true"},
                  {"assessor_role", "line_manager"},
                  {"setting", "community"},
                  {"expires_on", "2028-05-31"}},
                 {"2026-05-20", "employer_verified", "observed_practice", "line_manager", "2026-05-20"});
}

Fields LicenceFields() {
  return Vouched({{"place", "ons:E06000032"},
                  {"place_name", "Luton Borough Council"},
                  {"supervision", "indirect"},
                  {"agreement", "WSA-2026-04"},
                  {"area", "Reablement team, north"},
                  {"starts_on", "2026-09-01"},
                  {"ends_on", "2027-08-31"}},
                 {"2026-08-20", "employer_verified", "employer_record", "hr_officer", "2026-08-20"});
}

Fields MdtFields() {
  return Vouched({{"team_code", "LUT-N1"},
                  {"team_name", "Luton North neighbourhood team"},
                  {"role", "community_nurse"},
                  {"place", "ons:E06000032"},
                  {"starts_on", "2026-09-01"}},
                 {"2026-09-01", "employer_verified", "employer_record", "line_manager", "2026-09-01"});
}

Fields VolunteerFields() {
  return Vouched({{"role", "befriender"},
                  {"role_title", "Home visiting befriender"},
                  {"regulated_activity", "false"},
                  {"supervised", "true"},
                  {"place", "charity:9999991"},
                  {"starts_on", "2025-05-01"}},
                 {"2025-05-01", "employer_verified", "employer_record", "volunteer_coordinator", "2025-05-01"});
}

Fields PlacementFields() {
  return Vouched({{"programme", "BSc (Hons) Adult Nursing"},
                  {"education_provider", "University of Flitwater (fictional)"},
                  {"place", "ods:RC9"},
                  {"year_of_study", "2"},
                  {"supervision", "direct"},
                  {"starts_on", "2026-10-05"},
                  {"ends_on", "2026-12-18"}},
                 {"2026-09-15", "employer_verified", "employer_record", "hr_officer", "2026-09-15"});
}

Fields EntitlementFields() {
  return Vouched({{"entitlement", "professional_indemnity"},
                  {"reference", "POL-2026-77"},
                  {"starts_on", "2026-04-01"},
                  {"expires_on", "2027-03-31"}},
                 {"2026-04-01", "employer_verified", "certificate_seen", "practice_manager", "2026-04-03"});
}

}  // namespace

std::vector<Record::Field> FieldsOf(const RecordKind& kind) {
  static const std::map<std::string_view, Fields (*)()> kExamples = {
      {"identity_check", IdentityFields},
      {"right_to_work", RightToWorkFields},
      {"professional_registration", RegistrationFields},
      {"qualification", QualificationFields},
      {"employment_history", EmploymentHistoryFields},
      {"criminal_record_check", CriminalRecordFields},
      {"work_health_clearance", WorkHealthFields},
      {"immunity", ImmunityFields},
      {"employment", EmploymentFields},
      {"mandatory_training", TrainingFields},
      {"other_training", OtherTrainingFields},
      {"competence", CompetenceFields},
      {"licence_to_attend", LicenceFields},
      {"mdt_membership", MdtFields},
      {"volunteer_role", VolunteerFields},
      {"education_placement", PlacementFields},
      {"entitlement", EntitlementFields},
  };
  const auto found = kExamples.find(kind.word);
  if (found == kExamples.end()) {
    std::fprintf(stderr, "no example of a new kind of record\n");
    std::abort();
  }
  return found->second();
}

}  // namespace passport
