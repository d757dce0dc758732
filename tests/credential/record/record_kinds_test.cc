// What the facts of each kind mean for one another, as tables.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>

#include "tests/credential/trust/trust_world.h"

namespace passport {
namespace {

constexpr std::string_view kTaken = "";

struct Row {
  std::string_view what;
  std::vector<Record::Field> changes;
  std::string_view refused;  // the words of the fault, or kTaken
};

class RecordKindRules : public ::testing::Test {
 protected:
  static void TearDownTestSuite() {
    RecordProperty("cases", cases);
    std::printf("RecordKindRules: %d cases\n", cases);
  }
  static void Judge(std::string_view kind, const std::vector<Row>& rows);
  static inline int cases = 0;
};

void RecordKindRules::Judge(std::string_view kind, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(kind) + ": " + std::string(row.what));
    const RecordKind* found = FindRecordKind(kind);
    ASSERT_NE(found, nullptr);
    const Result<Record> record = Record::Make(*found, With(FieldsOf(*found), row.changes));
    ++cases;
    if (row.refused == kTaken) {
      EXPECT_TRUE(record.ok()) << record.fault().detail;
    } else {
      ASSERT_FALSE(record.ok());
      EXPECT_EQ(record.fault().reason, Reason::kRecordField);
      EXPECT_EQ(record.fault().detail, row.refused);
    }
  }
}

TEST_F(RecordKindRules, IdentityCheckNamesDocumentsByTypeOnly) {
  constexpr std::string_view kNotTypes = "document_types is not one or more types of document, joined with _and_";
  constexpr std::string_view kNotNumber =
      "national_insurance_number has not the form of one, in capitals without blanks";
  Judge("identity_check",
        {{"one document", {{"document_types", "driving_licence"}}, kTaken},
         {"a certified digital identity, and the card seen",
          {{"document_types", "digital_identity_and_residence_permit"}, {"seen_in_person", "true"}},
          kTaken},
         {"every name there is",
          {{"title", "Dr"}, {"preferred_name", "Zo\xc3\xab"}, {"previous_family_name", "Nguy\xe1\xbb\x85n"}},
          kTaken},
         {"a number as HMRC gives them", {{"national_insurance_number", "AB123456C"}}, kTaken},
         {"the digest of a photo", {{"photo_digest", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"}}, kTaken},
         {"born the day before", {{"date_of_birth", "2025-01-01"}}, kTaken},
         {"born on the day of the check", {{"date_of_birth", "2025-01-02"}}, "date_of_birth is not before achieved_on"},
         {"an unknown document", {{"document_types", "library_card"}}, kNotTypes},
         {"and nothing", {{"document_types", "passport_and_"}}, kNotTypes},
         {"an opinion for a document", {{"document_types", "passport_looked_forged"}}, kNotTypes},
         {"a prefix that is never given", {{"national_insurance_number", "BG123456C"}}, kNotNumber},
         {"first letter Q", {{"national_insurance_number", "QA123456C"}}, kNotNumber},
         {"second letter O", {{"national_insurance_number", "AO123456C"}}, kNotNumber},
         {"suffix E", {{"national_insurance_number", "AB123456E"}}, kNotNumber},
         {"small letters are not corrected", {{"national_insurance_number", "ab123456c"}}, kNotNumber},
         {"an O for a zero is not corrected", {{"national_insurance_number", "AB12345OC"}}, kNotNumber},
         {"a digest with a padding sign",
          {{"photo_digest", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU="}},
          "photo_digest is not a SHA-256 digest in base64url"},
         {"a digest with bits left over",
          {{"photo_digest", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFV"}},
          "photo_digest is not a SHA-256 digest in base64url"}});
}

TEST_F(RecordKindRules, RightToWorkSaysUntilWhenAndUnderWhichLimits) {
  Judge("right_to_work",
        {{"for good",
          {{"extent", "unlimited"}, {"ends_on", ""}, {"restricted", "false"}, {"hours_per_week_max", ""}},
          kTaken},
         {"sponsored, no limit of hours", {{"hours_per_week_max", ""}}, kTaken},
         {"the last day is the day of the check", {{"ends_on", "2025-01-02"}}, kTaken},
         {"time-limited without an end", {{"ends_on", ""}}, "ends_on is missing from a time-limited right"},
         {"for good with an end", {{"extent", "unlimited"}}, "ends_on stands with an unlimited right"},
         {"ended before it was checked", {{"ends_on", "2025-01-01"}}, "ends_on is before achieved_on"},
         {"hours, yet unrestricted",
          {{"restricted", "false"}},
          "restricted is false although hours_per_week_max is stated"},
         {"no hours", {{"hours_per_week_max", "0"}}, "hours_per_week_max is not 1 to 168"},
         {"more hours than a week has", {{"hours_per_week_max", "169"}}, "hours_per_week_max is not 1 to 168"},
         {"another basis", {{"basis", "said_so"}}, "basis is not one of the allowed words"}});
}

TEST_F(RecordKindRules, RegistrationLeavesWordsAndNumbersToTheTaxonomy) {
  Judge("professional_registration",
        {{"a doctor", {{"regulator", "GMC"}, {"number", "1234567"}, {"part", "specialist_register"}}, kTaken},
         {"a prescriber", {{"annotation", "independent_prescriber"}}, kTaken},
         {"a status beyond the usual", {{"register_status", "interim_conditions"}, {"restrictions", "true"}}, kTaken},
         {"an optician", {{"regulator", "GOC"}, {"number", "01-12345"}}, kTaken},
         {"no status", {{"register_status", ""}}, "register_status is missing"},
         {"a number in words",
          {{"number", "see certificate"}},
          "number is not a code (letters, digits, '.', '-', '/'), at most 40"}});
}

TEST_F(RecordKindRules, QualificationHasALevelOfAFramework) {
  Judge("qualification",
        {{"entry level", {{"level", "0"}}, kTaken},
         {"a Scottish doctorate", {{"level", "12"}}, kTaken},
         {"one that ends", {{"expires_on", "2028-07-09"}}, kTaken},
         {"level 13", {{"level", "13"}}, "level is not 0 to 12"},
         {"ended before it began", {{"expires_on", "2015-07-09"}}, "expires_on is before achieved_on"}});
}

TEST_F(RecordKindRules, EmploymentHistoryHasDatesAndAMarker) {
  Judge("employment_history",
        {{"the present one", {{"ends_on", ""}, {"leaving_reason", ""}, {"reference", "not_sought"}}, kTaken},
         {"one day", {{"ends_on", "2012-03-01"}}, kTaken},
         {"a reference that is unresolved, a gap that is explained",
          {{"reference", "unresolved"}, {"gap_before", "explained"}},
          kTaken},
         {"ended before it began", {{"ends_on", "2012-02-29"}}, "ends_on is before starts_on"},
         {"left, yet not ended", {{"ends_on", ""}}, "leaving_reason goes with ends_on"},
         {"an opinion for a reference", {{"reference", "poor"}}, "reference is not one of the allowed words"}});
}

TEST_F(RecordKindRules, CriminalRecordCheckHoldsTogether) {
  constexpr std::string_view kBarred = "barred lists are checked with an enhanced certificate only";
  Judge("criminal_record_check",
        {{"basic",
          {{"level", "basic"},
           {"barred_adults", "false"},
           {"barred_children", "false"},
           {"update_service", "false"},
           {"update_service_checked_on", ""}},
          kTaken},
         {"seen on the day of issue", {{"seen_on", "2025-01-03"}}, kTaken},
         {"subscribed, never asked", {{"update_service_checked_on", ""}}, kTaken},
         {"asked and answered", {{"update_service_status", "clear_and_current"}}, kTaken},
         {"asked and no longer current", {{"update_service_status", "no_longer_current"}}, kTaken},
         {"a taxi driver", {{"workforce", "other"}}, kTaken},
         {"11 digits", {{"certificate_number", "12345678901"}}, "certificate_number is not 12 digits"},
         {"13 digits", {{"certificate_number", "1234567890123"}}, "certificate_number is not 12 digits"},
         {"a letter", {{"certificate_number", "12345678901A"}}, "certificate_number is not 12 digits"},
         {"seen before it was issued", {{"seen_on", "2025-01-02"}}, "seen_on is before issued_on"},
         {"barred lists with standard", {{"level", "standard"}}, kBarred},
         {"one barred list with basic", {{"level", "basic"}, {"barred_adults", "false"}}, kBarred},
         {"not subscribed, yet asked",
          {{"update_service", "false"}},
          "update_service_checked_on goes with update_service"},
         {"an answer without a day",
          {{"update_service_checked_on", ""}, {"update_service_status", "current"}},
          "update_service_status goes with update_service_checked_on"},
         {"asked before the certificate",
          {{"update_service_checked_on", "2025-01-02"}},
          "update_service_checked_on is before issued_on"}});
}

TEST_F(RecordKindRules, ClearanceAndImmunityKeepTheirDaysInOrder) {
  Judge("work_health_clearance",
        {{"for exposure-prone procedures", {{"exposure_prone_procedures", "true"}}, kTaken},
         {"until a day", {{"ends_on", "2025-01-04"}}, kTaken},
         {"ended before", {{"ends_on", "2025-01-03"}}, "ends_on is before achieved_on"},
         {"a reason", {{"clearance", "not_cleared_asthma"}}, "clearance is not one of the allowed words"}});
  Judge("immunity",
        {{"tested clear", {{"immunity", "hiv"}, {"immunity_status", "tested_clear"}}, kTaken},
         {"this winter", {{"immunity", "influenza"}, {"expires_on", "2027-03-31"}}, kTaken},
         {"ended before", {{"expires_on", "2015-10-11"}}, "expires_on is before achieved_on"},
         {"a result", {{"immunity_status", "positive"}}, "immunity_status is not one of the allowed words"}});
}

TEST_F(RecordKindRules, EmploymentCountsWithinBounds) {
  constexpr std::string_view kShare = "full_time_equivalent is not 0.00 to 1.00";
  constexpr std::string_view kHours = "contracted_hours is not 0.00 to 99.99";
  constexpr std::string_view kOccupation = "occupation_code is not three characters of A-Z and 0-9";
  constexpr std::string_view kVpd = "local_organisation_number is not three digits";
  Judge("employment",
        {{"all of it",
          {{"job_role", "community_nurse"},
           {"occupation_code", "N6H"},
           {"area_of_work", "community"},
           {"department", "District nursing, Luton 2"},
           {"location", "Wardown House"},
           {"assignment_status", "active"},
           {"primary", "true"},
           {"employee_number", "20110001"},
           {"assignment_number", "20110001-2"},
           {"position_number", "1234567"},
           {"local_organisation_number", "457"},
           {"employer_name", "A trust"},
           {"contracted_hours", "30.00"},
           {"working_time_opt_out", "false"},
           {"pay_scheme", "agenda_for_change"},
           {"pay_band", "6"},
           {"pay_step", "2"},
           {"continuous_service_from", "2015-09-01"},
           {"reckonable_service_from", "2012-03-01"},
           {"redundancy_service_from", "2015-09-01"},
           {"annual_leave_days", "33"},
           {"notice_weeks", "8"}},
          kTaken},
         {"full time", {{"full_time_equivalent", "1.00"}, {"ends_on", "2025-01-06"}}, kTaken},
         {"bank, no hours",
          {{"assignment_category", "bank"}, {"full_time_equivalent", "0.00"}, {"contracted_hours", "0.00"}},
          kTaken},
         {"a care home's own number", {{"employee_number", "LH-7"}, {"assignment_number", "LH-7/b"}}, kTaken},
         {"more than full time", {{"full_time_equivalent", "1.01"}}, kShare},
         {"one decimal", {{"full_time_equivalent", "0.8"}}, kShare},
         {"hours in one decimal", {{"contracted_hours", "37.5"}}, kHours},
         {"hours with a zero in front", {{"contracted_hours", "07.50"}}, kHours},
         {"a hundred hours", {{"contracted_hours", "100.00"}}, kHours},
         {"a small letter", {{"occupation_code", "n6h"}}, kOccupation},
         {"four characters", {{"occupation_code", "N6HA"}}, kOccupation},
         {"two digits", {{"local_organisation_number", "57"}}, kVpd},
         {"letters", {{"local_organisation_number", "RC9"}}, kVpd},
         {"step 100", {{"pay_step", "100"}}, "pay_step is not 0 to 99"},
         {"more leave than days", {{"annual_leave_days", "367"}}, "annual_leave_days is not 0 to 366"},
         {"a long notice", {{"notice_weeks", "105"}}, "notice_weeks is not 0 to 104"},
         {"ended before it began", {{"ends_on", "2025-01-05"}}, "ends_on is before starts_on"},
         {"another category",
          {{"assignment_category", "zero_hours"}},
          "assignment_category is not one of the allowed words"}});
}

TEST_F(RecordKindRules, TrainingAndCompetenceCountWithinBounds) {
  Judge("mandatory_training",
        {{"one part of a course", {{"subject", "oliver_mcgowan"}, {"part", "elearning"}}, kTaken},
         {"as its system calls it", {{"source_title", "NHS|CSTF|Moving and Handling - Level 2 - 2 Years|"}}, kTaken},
         {"all standards", {{"subject", "care_certificate_16"}, {"level", "16"}}, kTaken},
         {"a leap day", {{"achieved_on", "2024-02-29"}, {"expires_on", "2027-02-28"}}, kTaken},
         {"level 100", {{"level", "100"}}, "level is not 0 to 99"}});
  Judge("other_training", {{"an hour", {{"cpd_minutes", "60"}}, kTaken},
                           {"no time at all", {{"cpd_minutes", "0"}}, "cpd_minutes is not 1 to 99999"},
                           {"ten weeks without sleep", {{"cpd_minutes", "100000"}}, "cpd_minutes is not 1 to 99999"},
                           {"ended before", {{"expires_on", "2026-04-16"}}, "expires_on is before achieved_on"}});
  Judge("competence", {{"told, not seen", {{"observed", "false"}, {"assessor_role", ""}}, kTaken},
                       {"a level", {{"level", "3"}}, kTaken},
                       {"level 100", {{"level", "100"}}, "level is not 0 to 99"},
                       {"ended before", {{"expires_on", "2026-05-19"}}, "expires_on is before achieved_on"}});
}

TEST_F(RecordKindRules, PlacesAreOrganisationsAndDaysInOrder) {
  constexpr std::string_view kNoPlace = "place is not an organisation (ods:RC9)";
  constexpr std::string_view kBefore = "ends_on is before starts_on";
  Judge("licence_to_attend", {{"one day", {{"ends_on", "2026-09-01"}}, kTaken},
                              {"a care home", {{"place", "cqc:1-999999991"}}, kTaken},
                              {"no end", {{"ends_on", ""}}, "ends_on is missing"},
                              {"ends before it begins", {{"ends_on", "2026-08-31"}}, kBefore},
                              {"no scheme", {{"place", "RC9"}}, kNoPlace},
                              {"a scheme of nobody", {{"place", "home:mum"}}, kNoPlace}});
  Judge("mdt_membership", {{"until a day", {{"ends_on", "2027-03-31"}}, kTaken},
                           {"nowhere in particular", {{"place", ""}}, kTaken},
                           {"ends before it begins", {{"ends_on", "2026-08-31"}}, kBefore},
                           {"a place in words", {{"place", "Luton town hall"}}, kNoPlace}});
  Judge("volunteer_role", {{"regulated activity", {{"regulated_activity", "true"}, {"supervised", "false"}}, kTaken},
                           {"ends before it begins", {{"ends_on", "2025-04-30"}}, kBefore},
                           {"yes for true", {{"supervised", "yes"}}, "supervised is not true or false"}});
  Judge("education_placement", {{"first year", {{"year_of_study", "1"}}, kTaken},
                                {"part time", {{"year_of_study", "10"}}, kTaken},
                                {"year 0", {{"year_of_study", "0"}}, "year_of_study is not 1 to 10"},
                                {"year 11", {{"year_of_study", "11"}}, "year_of_study is not 1 to 10"},
                                {"no end", {{"ends_on", ""}}, "ends_on is missing"},
                                {"ends before it begins", {{"ends_on", "2026-10-04"}}, kBefore}});
  Judge("entitlement",
        {{"the performers list", {{"entitlement", "performers_list"}, {"expires_on", ""}, {"reference", ""}}, kTaken},
         {"ends before it begins", {{"starts_on", "2027-04-01"}}, "expires_on is before starts_on"},
         {"ended before it was checked",
          {{"starts_on", ""}, {"expires_on", "2026-03-31"}},
          "expires_on is before achieved_on"}});
}

// Who vouches says how; what a person says of themselves was checked by nobody.
TEST_F(RecordKindRules, EachSaysHowItWasCheckedUnlessSelfDeclared) {
  for (const RecordKind* kind : AllRecordKinds()) {
    for (const std::string_view name : {"method", "checker_role", "checked_on"}) {
      const std::string missing = std::string(name) + " is missing from a record that is not self-declared";
      for (const std::string_view grade : {"employer_verified", "primary_source_verified"}) {
        Judge(kind->word, {{grade, {{"assurance", std::string(grade)}, {std::string(name), ""}}, missing}});
      }
      Judge(kind->word, {{"her own word", {{"assurance", "self_declared"}, {std::string(name), ""}}, kTaken}});
    }
  }
}

TEST_F(RecordKindRules, AHolderMayKeepBackHowItWasChecked) {
  for (const RecordKind* kind : AllRecordKinds()) {
    json::Tree tree;
    json::Value& claims = tree.Object();
    claims.Append("assurance", tree.String("primary_source_verified"));
    const Result<Record> read = Record::FromClaims(*kind, claims);
    ASSERT_TRUE(read.ok()) << kind->word;
    EXPECT_EQ(read->facts().size(), 1U);
  }
}

TEST_F(RecordKindRules, SayWhichFactARecordIs) {
  for (const RecordKind* kind : AllRecordKinds()) {
    SCOPED_TRACE(kind->word);
    const Record record = MakeRecord(kind->word);
    EXPECT_EQ(MakeRecord(kind->word, {{"checked_on", "2026-11-20"}}).Identity(), record.Identity());
    const bool none_stated = std::none_of(kind->identity.begin(), kind->identity.end(),
                                          [&](std::string_view name) { return record.Find(name).has_value(); });
    for (const std::string_view name : kind->identity) {
      if (none_stated) continue;  // then all facts but those of the check say which one it is
      const auto rule = std::find_if(kind->fields.begin(), kind->fields.end(),
                                     [&](const FieldRule& one) { return one.name == name; });
      ASSERT_NE(rule, kind->fields.end()) << name;
      EXPECT_NE(record.Identity().find("\n" + std::string(name) + "="), std::string::npos);
    }
  }
  EXPECT_EQ(MakeRecord("mandatory_training").Identity(),
            "mandatory_training\nsubject=moving_and_handling\nlevel=2\nframework=cstf\npart=");
  // Without the number of the assignment nothing says which one it is: two of them must not take each other's place.
  const Record ward = MakeRecord("employment", {{"assignment_number", ""}, {"position_title", "Ward Clerk"}});
  const Record porter = MakeRecord("employment", {{"assignment_number", ""}, {"position_title", "Porter"}});
  EXPECT_NE(ward.Identity(), porter.Identity());
  EXPECT_EQ(MakeRecord("right_to_work").Identity(), "right_to_work");
  EXPECT_NE(MakeRecord("mandatory_training", {{"level", "1"}}).Identity(), MakeRecord("mandatory_training").Identity());
  EXPECT_NE(MakeRecord("immunity", {{"immunity", "varicella"}}).Identity(), MakeRecord("immunity").Identity());
}

TEST_F(RecordKindRules, HaveWordsForPeople) {
  std::set<std::string_view> labels;
  for (const RecordKind* kind : AllRecordKinds()) {
    EXPECT_TRUE(labels.insert(kind->label).second) << kind->word;
    EXPECT_TRUE(kind->description.ends_with(".")) << kind->word;
    std::string vct = "urn:staff-passport:" + std::string(kind->word) + ":1";
    std::replace(vct.begin(), vct.end(), '_', '-');
    EXPECT_EQ(kind->vct, vct);
    std::set<std::string_view> fields;
    for (const FieldRule& rule : kind->fields) {
      EXPECT_FALSE(rule.label.empty()) << kind->word << " " << rule.name;
      EXPECT_TRUE(fields.insert(rule.label).second) << kind->word << " " << rule.label;
      const bool worded = rule.shape == FieldShape::kWord || rule.shape == FieldShape::kCode;
      EXPECT_TRUE(rule.vocabulary.empty() || worded) << kind->word << " " << rule.name;
    }
  }
}

}  // namespace
}  // namespace passport
