// Whether the words of a record are known: the shipped files against records, good, unusual and nearly right.
#include <algorithm>

#include "credential/record/record.h"
#include "tests/credential/taxonomy/shipped.h"
#include "tests/credential/taxonomy/taxonomy_files.h"

namespace passport {
namespace {

using Fields = std::vector<Record::Field>;

Record Made(std::string_view kind, Fields fields) {
  fields.push_back({"assurance", "self_declared"});
  const auto has = [&](std::string_view name) {
    return std::any_of(fields.begin(), fields.end(), [&](const Record::Field& field) { return field.first == name; });
  };
  if (!has("achieved_on")) fields.push_back({"achieved_on", "2026-03-01"});
  Result<Record> record = Record::Make(*FindRecordKind(kind), fields);
  EXPECT_TRUE(record.ok()) << Verdict(record);
  return std::move(record).value();
}

std::string Checked(std::string_view kind, Fields fields, std::string_view day = "2026-11-22") {
  return Verdict(Shipped().On(DayOf(day)).Check(Made(kind, std::move(fields))));
}

std::string Registered(std::string_view regulator, std::string_view number, std::string_view part,
                       std::string_view status = "registered") {
  return Checked("professional_registration", {{"regulator", std::string(regulator)},
                                               {"number", std::string(number)},
                                               {"part", std::string(part)},
                                               {"register_status", std::string(status)},
                                               {"restrictions", "false"},
                                               {"register_checked_on", "2026-11-21"}});
}

constexpr std::string_view kWrongNumber = "record_field: number has not the format of its regulator";

TEST(Taxonomy, NumbersOfRegulatorsAreTakenAsTheyAreWritten) {
  struct Row {
    std::string_view what;
    std::string_view regulator;
    std::string_view number;
    std::string_view part;
    bool good;
  };
  const Row table[] = {
      {"a PIN", "NMC", "01A2345N", "registered_nurse", true},
      {"a PIN with letters that look like digits, where letters stand", "NMC", "99O0000I", "registered_midwife", true},
      {"O for 0 in a PIN", "NMC", "O1A2345N", "registered_nurse", false},
      {"L for 1 in a PIN", "NMC", "0LA2345N", "registered_nurse", false},
      {"I for 1 in a PIN", "NMC", "0IA2345N", "registered_nurse", false},
      {"S for 5 in a PIN", "NMC", "01A234SN", "registered_nurse", false},
      {"0 for O in a PIN", "NMC", "01023450", "registered_nurse", false},
      {"5 for S in a PIN", "NMC", "01A23455", "registered_nurse", false},
      {"1 for L in a PIN", "NMC", "01A23451", "registered_nurse", false},
      {"a PIN in small letters", "NMC", "01a2345n", "registered_nurse", false},
      {"a PIN one too short", "NMC", "01A2345", "registered_nurse", false},
      {"a PIN one too long", "NMC", "01A2345NN", "registered_nurse", false},
      {"a PIN with a hyphen", "NMC", "01A-2345N", "registered_nurse", false},
      {"seven digits", "GMC", "7654321", "registered_with_a_licence", true},
      {"a C before them", "GMC", "C7654321", "registered_with_a_licence", true},
      {"six digits", "GMC", "765432", "registered_with_a_licence", false},
      {"eight digits", "GMC", "76543210", "registered_with_a_licence", false},
      {"a D before them", "GMC", "D7654321", "registered_with_a_licence", false},
      {"a small c", "GMC", "c7654321", "registered_with_a_licence", false},
      {"O for 0", "GMC", "765432O", "registered_with_a_licence", false},
      {"a GP prescriber's code is no registration", "GMC", "G7654321", "registered_with_a_licence", false},
      {"two letters and six digits", "HCPC", "PH123456", "physiotherapist", true},
      {"three letters and six digits", "HCPC", "PYL123456", "practitioner_psychologist", true},
      {"two letters and one digit", "HCPC", "PA1", "paramedic", true},
      {"two letters and five digits", "HCPC", "OT12345", "occupational_therapist", true},
      {"two letters and seven digits", "HCPC", "PH1234567", "physiotherapist", false},
      {"one letter", "HCPC", "P123456", "physiotherapist", false},
      {"four letters", "HCPC", "PHYS1234", "physiotherapist", false},
      {"no digit", "HCPC", "PH", "physiotherapist", false},
      {"O for 0", "HCPC", "PH12345O", "physiotherapist", false},
      {"SW and one digit", "SWE", "SW1", "social_worker", true},
      {"SW and six digits", "SWE", "SW123456", "social_worker", true},
      {"SW and seven digits", "SWE", "SW1234567", "social_worker", false},
      {"5W for SW", "SWE", "5W12345", "social_worker", false},
      {"SW alone", "SWE", "SW", "social_worker", false},
      {"another's letters", "SWE", "PH12345", "social_worker", false},
      {"seven digits of a pharmacist", "GPhC", "2012345", "pharmacist", true},
      {"seven digits of a technician", "GPhC", "5012345", "pharmacy_technician", true},
      {"six digits", "GPhC", "201234", "pharmacist", false},
      {"S for 5", "GPhC", "S012345", "pharmacy_technician", false},
      {"four digits", "GDC", "1234", "dentist", true},
      {"six digits", "GDC", "123456", "dental_nurse", true},
      {"CD and six digits", "GDC", "CD123456", "dentist", true},
      {"three digits", "GDC", "123", "dentist", false},
      {"seven digits", "GDC", "1234567", "dentist", false},
      {"DC for CD", "GDC", "DC123456", "dentist", false},
      {"two, hyphen, five", "GOC", "01-12345", "optometrist", true},
      {"two, hyphen, four", "GOC", "01-1234", "dispensing_optician", true},
      {"two, hyphen, seven", "GOC", "01-1234567", "optometrist", false},
      {"no hyphen", "GOC", "0112345", "optometrist", false},
      {"a dot for the hyphen", "GOC", "01.12345", "optometrist", false},
  };
  Cases cases;
  for (const Row& row : table) {
    EXPECT_EQ(Registered(row.regulator, row.number, row.part), row.good ? "ok" : kWrongNumber)
        << row.regulator << ": " << row.what;
    cases.Count();
  }
}

TEST(Taxonomy, RegistersHaveTheirOwnPartsAndStatuses) {
  constexpr std::string_view kNoPart = "word_unknown: part is none of its regulator's register";
  constexpr std::string_view kNoStatus = "word_unknown: register_status is none of its regulator's";
  struct Row {
    std::string_view regulator;
    std::string_view number;
    std::string_view part;
    std::string_view status;
    std::string_view verdict;
  };
  const Row table[] = {
      {"NMC", "01A2345N", "registered_nurse", "not_practising", "ok"},
      {"NMC", "01A2345N", "registered_nurse", "interim_suspension", "ok"},
      {"NMC", "01A2345N", "registered_nurse", "sanction_pending", "ok"},
      {"NMC", "01A2345N", "registered_nurse", "voluntarily_removed", "ok"},
      {"GMC", "7654321", "registered_with_a_licence", "not_practising", kNoStatus},
      {"HCPC", "PH123456", "physiotherapist", "sanction_pending", kNoStatus},
      {"HCPC", "PH123456", "registered_nurse", "registered", kNoPart},
      {"NMC", "01A2345N", "physiotherapist", "registered", kNoPart},
      {"NMC", "01A2345N", "matron", "registered", "word_unknown: part is no word of the list register_part"},
      {"NMC", "01A2345N", "registered_nurse", "fine",
       "word_unknown: register_status is no word of the list register_status"},
      {"nmc", "01A2345N", "registered_nurse", "registered", "word_unknown: regulator is no word of the list regulator"},
      {"GP", "G7654321", "registered_nurse", "registered", "word_unknown: regulator is no word of the list regulator"},
      {"PL", "1", "registered_nurse", "registered", "word_unknown: regulator is no word of the list regulator"},
  };
  Cases cases;
  for (const Row& row : table) {
    EXPECT_EQ(Registered(row.regulator, row.number, row.part, row.status), row.verdict) << row.part << row.status;
    cases.Count();
  }
}

TEST(Taxonomy, CoursesHaveTheirOwnLevelsAndParts) {
  constexpr std::string_view kNoLevel = "record_field: level is none of its subject";
  constexpr std::string_view kNoPart = "word_unknown: part is none of its subject";
  constexpr std::string_view kNotThen =
      "record_field: achieved_on lies outside of the days on which its subject was awarded";
  struct Row {
    Fields fields;
    std::string_view verdict;
  };
  const Row table[] = {
      {{{"subject", "fire_safety"}, {"level", "1"}}, "ok"},
      {{{"subject", "fire_safety"}, {"level", "1"}, {"framework", "cstf"}}, "ok"},
      {{{"subject", "fire_safety"}, {"level", "1"}, {"framework", "local"}, {"assessed_by", "workbook_assessment"}},
       "ok"},
      {{{"subject", "fire_safety"}, {"level", "2"}}, kNoLevel},
      {{{"subject", "fire_safety"}, {"level", "0"}}, kNoLevel},
      {{{"subject", "preventing_radicalisation"}, {"level", "2"}}, kNoLevel},
      {{{"subject", "fire_safety"}, {"level", "1"}, {"part", "elearning"}}, kNoPart},
      {{{"subject", "knitting"}, {"level", "1"}}, "word_unknown: subject is not known"},
      {{{"subject", "fire_safety"}, {"level", "1"}, {"framework", "ctsf"}},
       "word_unknown: framework is no word of the list framework"},
      {{{"subject", "fire_safety"}, {"level", "1"}, {"assessed_by", "guessing"}},
       "word_unknown: assessed_by is no word of the list assessment"},
      {{{"subject", "fire_safety"}, {"level", "1"}, {"method", "hearsay"}},
       "word_unknown: method is no word of the list method"},
      {{{"subject", "oliver_mcgowan"}, {"level", "2"}, {"part", "elearning"}}, "ok"},
      {{{"subject", "oliver_mcgowan"}, {"level", "2"}, {"part", "live"}}, "ok"},
      {{{"subject", "oliver_mcgowan"}, {"level", "2"}}, "ok"},
      {{{"subject", "oliver_mcgowan"}, {"level", "2"}, {"part", "e_learning"}}, kNoPart},
      {{{"subject", "care_certificate_16"}, {"level", "1"}, {"part", "standard_16"}}, "ok"},
      {{{"subject", "care_certificate_16"}, {"level", "1"}, {"part", "standard_17"}}, kNoPart},
      {{{"subject", "care_certificate_15"}, {"level", "1"}, {"part", "standard_16"}, {"achieved_on", "2020-01-01"}},
       kNoPart},
      {{{"subject", "care_certificate_15"}, {"level", "1"}, {"achieved_on", "2015-03-31"}}, kNotThen},
      {{{"subject", "care_certificate_15"}, {"level", "1"}, {"achieved_on", "2015-04-01"}}, "ok"},
      {{{"subject", "care_certificate_15"}, {"level", "1"}, {"achieved_on", "2025-07-31"}}, "ok"},
      {{{"subject", "care_certificate_15"}, {"level", "1"}, {"achieved_on", "2025-08-01"}}, kNotThen},
      {{{"subject", "care_certificate_16"}, {"level", "1"}, {"achieved_on", "2025-02-28"}}, kNotThen},
      {{{"subject", "care_certificate_16"}, {"level", "1"}, {"achieved_on", "2025-03-01"}}, "ok"},
      {{{"subject", "care_certificate"}, {"level", "16"}, {"achieved_on", "2024-05-01"}}, "ok"},
      {{{"subject", "care_certificate"}, {"level", "17"}}, kNoLevel},
  };
  Cases cases;
  for (const Row& row : table) {
    EXPECT_EQ(Checked("mandatory_training", row.fields), row.verdict) << row.fields[0].second << row.fields[1].second;
    cases.Count();
  }
  EXPECT_EQ(Checked("mandatory_training", {{"subject", "fire_safety"}, {"level", "1"}}, "2025-12-31"),
            "word_unknown: subject is not known");
}

TEST(Taxonomy, AsksNothingOfFactsThatAreKeptBack) {
  json::Tree tree;
  const Result<json::Value*> claims =
      tree.Parse(R"({"regulator":"NMC","register_status":"registered"})", json::kTokenLimits);
  ASSERT_TRUE(claims.ok());
  const Result<Record> shown = Record::FromClaims(*FindRecordKind("professional_registration"), **claims);
  ASSERT_TRUE(shown.ok());
  EXPECT_EQ(Verdict(Shipped().On(DayOf("2026-11-22")).Check(*shown)), "ok");
}

TEST(Taxonomy, FaultsOfRecordsNeverHoldTheValue) {
  const std::string verdict = Registered("NMC", "O1A2345N", "registered_nurse");
  EXPECT_EQ(verdict.find("O1A2345N"), std::string::npos);
  EXPECT_EQ(Checked("mandatory_training", {{"subject", "zoe_oneill"}, {"level", "1"}}).find("zoe"), std::string::npos);
}

}  // namespace
}  // namespace passport
