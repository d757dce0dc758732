#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

std::string Value(const ImportedRecord& record, std::string_view name) {
  const std::string* const value = record.Find(name);
  return value == nullptr ? "(absent)" : *value;
}

// A row of the HR file, whole, with some cells put in the place of others.
struct Change {
  std::size_t cell;
  std::string text;
};
std::string HrRow(const std::vector<Change>& changes) {
  std::vector<std::string> cells = {"20110001",
                                    "20110001",
                                    "Florrie",
                                    "Example-Avocet",
                                    "1980-02-29",
                                    "2025-01-10",
                                    "Passport;Utility bill",
                                    "HR Officer",
                                    "Ouzel Valley",
                                    "Staff Nurse",
                                    "Nursing and Midwifery Registered",
                                    "Staff Nurse",
                                    "Acute",
                                    "Fixed Term",
                                    "0.8",
                                    "2025-02-01",
                                    "2027-01-31",
                                    "009900000001",
                                    "2025-01-02",
                                    "Enhanced",
                                    "Adult and Child",
                                    "Yes",
                                    "No",
                                    "2025-01-09",
                                    "HR Officer",
                                    "Cleared",
                                    "Yes",
                                    "2026-01-09",
                                    "NMC",
                                    "01a2345n",
                                    "Registered nurse - adult",
                                    "Registered",
                                    "No",
                                    "2026-11-22",
                                    "2027-03-31"};
  for (const Change& change : changes) cells[change.cell] = change.text;
  std::string row;
  for (const std::string& cell : cells) row.append(row.empty() ? "" : ",").append("\"" + cell + "\"");
  return row + "\n";
}

TEST(ImportRows, ReadsARowOfACompetenceExport) {
  ImportDesk desk;
  ASSERT_TRUE(desk.Read(std::string(kEsrHeader) + "20110001,20110001-2,NHS|CSTF|Fire Safety - 2 Years|,30-Nov-2026,"
                                                  "30-NOV-2024,\"Somebody,\nElse\",Ms.,457\n")
                  .ok());
  ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
  const ImportedRecord& record = desk.records[0];
  EXPECT_EQ(record.line, 2U);
  EXPECT_EQ(record.employee_number, "20110001");
  EXPECT_EQ(record.kind, "mandatory_training");
  EXPECT_EQ(Value(record, "subject"), "fire_safety");
  EXPECT_EQ(Value(record, "level"), "1");
  EXPECT_EQ(Value(record, "framework"), "cstf");
  EXPECT_EQ(Value(record, "achieved_on"), "2024-11-30");
  EXPECT_EQ(Value(record, "expires_on"), "2026-11-30");
  EXPECT_EQ(Value(record, "assurance"), "employer_verified");
  EXPECT_EQ(desk.Told().find("Else"), std::string::npos) << "the updater is not the learner";
}

TEST(ImportRows, ReadsFourRecordsFromARowOfTheHrFile) {
  ImportDesk desk;
  ASSERT_TRUE(desk.Read(std::string(kHrHeader) + HrRow({})).ok());
  ASSERT_EQ(desk.records.size(), 4U) << desk.Told();
  EXPECT_EQ(desk.records[0].kind, "identity_check");
  EXPECT_EQ(Value(desk.records[0], "document_types"), "passport_and_utility_bill");
  EXPECT_EQ(Value(desk.records[0], "checker_role"), "hr_officer");
  EXPECT_EQ(desk.records[1].kind, "employment");
  EXPECT_EQ(Value(desk.records[1], "full_time_equivalent"), "0.80");
  EXPECT_EQ(Value(desk.records[1], "assignment_category"), "fixed_term");
  EXPECT_EQ(Value(desk.records[1], "ends_on"), "2027-01-31");
  EXPECT_EQ(desk.records[2].kind, "criminal_record_check");
  EXPECT_EQ(Value(desk.records[2], "workforce"), "adult_and_child");
  EXPECT_EQ(Value(desk.records[2], "barred_adults"), "true");
  EXPECT_EQ(Value(desk.records[2], "barred_children"), "false");
  EXPECT_EQ(desk.records[3].kind, "professional_registration");
  EXPECT_EQ(Value(desk.records[3], "regulator"), "NMC");
  EXPECT_EQ(Value(desk.records[3], "number"), "01A2345N");
  EXPECT_EQ(Value(desk.records[3], "assurance"), "primary_source_verified");
  EXPECT_NE(desk.records[0].request_key, desk.records[1].request_key);
}

TEST(ImportRows, ReadsTheThreeRecordsOfTheSmallFile) {
  ImportDesk desk;
  ASSERT_TRUE(desk.Read(std::string(kCareHomeHeader) +
                        "LH1,training,2026-01-15,,Fire Safety,,,,,,,,,,\n"
                        "LH1,employment,2025-06-01,,Care Worker,Social Care,Bank,,,,,,,,\n"
                        "LH1,DBS,2025-05-01,,,,,Enhanced,Adult,Adults,009900000002,2025-05-09,"
                        "Registered Manager,Cleared,Yes\n")
                  .ok());
  ASSERT_EQ(desk.records.size(), 3U) << desk.Told();
  EXPECT_EQ(Value(desk.records[0], "subject"), "fire_safety");
  EXPECT_EQ(Value(desk.records[1], "position_title"), "Care Worker");
  EXPECT_EQ(Value(desk.records[2], "barred_adults"), "true");
  EXPECT_EQ(Value(desk.records[2], "seen_by_role"), "registered_manager");
}

struct BadRow {
  std::string_view header;
  std::string row;
  Reason reason;
  std::string_view column;
};

TEST(ImportRows, RefusesNearMissesAndGoesOn) {
  const std::string fire = ",,NHS|CSTF|Fire Safety|,";
  const auto esr = [&](std::string_view expiry, std::string_view start) {
    return "1" + fire + std::string(expiry) + "," + std::string(start) + ",x,Ms.,457\n";
  };
  const auto hr = [](std::size_t cell, std::string text) { return HrRow({{cell, std::move(text)}}); };
  const std::vector<BadRow> cases = {
      {kEsrHeader, esr("", "31-Jun-2025"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "29-Feb-2025"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "45992"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "45992.5"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "30/11/2024"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "30-Nov-24"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "2024-11-30"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "1-Nov-2024"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "30-Nov-2024 00:00"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "########"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", ""), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("", "23-Nov-2026"), Reason::kRecordField, "Date Start"},
      {kEsrHeader, esr("29-Nov-2024", "30-Nov-2024"), Reason::kRecordField, "Expiry Date"},
      {kEsrHeader, esr("never", "30-Nov-2024"), Reason::kRecordField, "Expiry Date"},
      {kEsrHeader, "1" + fire + "30-Nov-2024,x,Ms.\n", Reason::kRowFields, ""},
      {kEsrHeader, "1" + fire + ",30-Nov-2024,x,Ms.,457,\n", Reason::kRowFields, ""},
      {kEsrHeader, ",,NHS|CSTF|Fire Safety|,,30-Nov-2024,x,Ms.,457\n", Reason::kRecordField, "Employee Number"},
      {kEsrHeader, "Jo Example,,NHS|CSTF|Fire Safety|,,30-Nov-2024,x,Ms.,457\n", Reason::kRecordField,
       "Employee Number"},
      {kEsrHeader, "1,,NHS|CSTF|Basket Weaving|,,30-Nov-2024,x,Ms.,457\n", Reason::kRecordField, "Competency Name"},
      {kEsrHeader, "1,,NHS|CSTF|Fire Safety|,,30-Nov-2024,x,Ms.,4\n", Reason::kRecordField, "VPD"},
      {kEsrHeader, "1,,NHS|CSTF|Fire Safety|,,30-Nov-2024,5\" x,Ms.,457\n", Reason::kRowFields, ""},
      {kEsrHeader, "1,,NHS|CSTF|Fire Safety|,,30-Nov-2024,Zo\x8D,Ms.,457\n", Reason::kFileEncoding, ""},
      {kHrHeader, hr(4, "1981-02-29"), Reason::kRecordField, "Date of Birth"},
      {kHrHeader, hr(4, "29/02/1980"), Reason::kRecordField, "Date of Birth"},
      {kHrHeader, hr(4, "29279"), Reason::kRecordField, "Date of Birth"},
      {kHrHeader, hr(5, "1979-01-01"), Reason::kRecordField, "Identity Checked On"},
      {kHrHeader, hr(6, "passport;certificate of bravery"), Reason::kRecordField, "Identity Documents"},
      {kHrHeader, hr(6, "passport;passport"), Reason::kRecordField, "Identity Documents"},
      {kHrHeader, hr(7, "Jo Example"), Reason::kRecordField, "Identity Checked By"},
      {kHrHeader, hr(13, "forever"), Reason::kRecordField, "Assignment Category"},
      {kHrHeader, hr(14, "1.01"), Reason::kRecordField, "FTE"},
      {kHrHeader, hr(14, "80%"), Reason::kRecordField, "FTE"},
      {kHrHeader, hr(14, "0"), Reason::kRecordField, "FTE"},
      {kHrHeader, hr(14, ""), Reason::kRecordField, "FTE"},
      {kHrHeader, hr(16, "2025-01-31"), Reason::kRecordField, "End Date"},
      {kHrHeader, hr(17, "9900000001"), Reason::kRecordField, "DBS Certificate Number"},
      {kHrHeader, hr(17, "9.9E+09"), Reason::kRecordField, "DBS Certificate Number"},
      {kHrHeader, hr(19, "Basic"), Reason::kRecordField, "DBS Barred Adults"},
      {kHrHeader, hr(21, "maybe"), Reason::kRecordField, "DBS Barred Adults"},
      {kHrHeader, hr(23, "2025-01-01"), Reason::kRecordField, "DBS Seen On"},
      {kHrHeader, hr(25, "caution for theft"), Reason::kRecordField, "DBS Decision"},
      {kHrHeader, hr(26, "No"), Reason::kRecordField, "DBS Update Service Checked On"},
      {kHrHeader, hr(28, "ABC"), Reason::kRecordField, "Regulator"},
      {kHrHeader, hr(29, "O1A2345N"), Reason::kRecordField, "Registration Number"},
      {kHrHeader, hr(31, "Conditions"), Reason::kRecordField, "Registration Restrictions"},
      {kHrHeader, hr(31, "Struck off?"), Reason::kRecordField, "Registration Status"},
      {kHrHeader, hr(33, "2026-11-23"), Reason::kRecordField, "Register Checked On"},
      {kHrHeader, hr(9, std::string(81, 'x')), Reason::kRecordField, "Position Title"},
      {kHrHeader, hr(9, "Nurse\xC2\x85"), Reason::kRecordField, "Position Title"},
      {kHrHeader, hr(10, "Nursing (other)"), Reason::kRecordField, "Staff Group"},
      {kHrHeader, hr(10, "1 nurse"), Reason::kRecordField, "Staff Group"},
      {kHrHeader, hr(11, std::string(61, 'x')), Reason::kRecordField, "Job Role"},
      {kHrHeader, hr(30, ""), Reason::kRecordField, "Registration Part"},
      {kHrHeader, hr(6, "national identity card;council tax bill;marriage certificate"), Reason::kRecordField,
       "Identity Documents"},
      {kCareHomeHeader, "LH1,employment,2026-01-01,,Care Worker,Social Care,,,,,,,,,\n", Reason::kRecordField,
       "Category"},
      {kCareHomeHeader, "LH1,employment,2026-01-01,2025-12-31,Care Worker,Social Care,Bank,,,,,,,,\n",
       Reason::kRecordField, "Ends"},
      {kHrHeader, hr(9, "Nurse\x07"), Reason::kRecordField, "Position Title"},
      {kHrHeader, "1" + std::string(34, ',') + "\n", Reason::kRecordField, ""},
      {kCareHomeHeader, "LH1,sickness,2026-01-01,,,,,,,,,,,,\n", Reason::kRecordKind, "Record"},
      {kCareHomeHeader, "LH1,,2026-01-01,,,,,,,,,,,,\n", Reason::kRecordField, "Record"},
      {kCareHomeHeader, "LH1,training,2026-01-15,,Fire Safety,,,,,,,,,theft,\n", Reason::kRecordField, "Outcome"},
      {kCareHomeHeader, "LH1,training,04/13/2026,,Fire Safety,,,,,,,,,,\n", Reason::kRecordField, "Date"},
      {kCareHomeHeader, "LH1,training,3/4/2026,,Fire Safety,,,,,,,,,,\n", Reason::kRecordField, "Date"},
      {kCareHomeHeader, "LH1,training,2026-01-15,,Fire Safety,,,,,,,2026-01-20,,,\n", Reason::kRecordField,
       "Checked By"},
      {kCareHomeHeader, "LH1,dbs,2025-05-01,,,,,Basic,Adult,Adults,009900000002,2025-05-09,Line Manager,Cleared,No\n",
       Reason::kRecordField, "Barred Lists"},
      {kCareHomeHeader,
       "LH1,dbs,2025-05-01,,,,,Enhanced,Adult,Adults,009900000002,2025-05-09,Line Manager,Convicted,No\n",
       Reason::kRecordField, "Outcome"},
  };
  for (const BadRow& one : cases) {
    const std::string after = one.header == kEsrHeader ? "7,,NHS|CSTF|Fire Safety|,,30-Nov-2024,x,Ms.,457\n"
                              : one.header == kHrHeader
                                  ? HrRow({})
                                  : std::string("LH7,training,2026-01-15,,Fire Safety,,,,,,,,,,\n");
    ImportDesk desk;
    ASSERT_TRUE(desk.Read(std::string(one.header) + one.row + after).ok()) << one.row;
    ASSERT_EQ(desk.faults.size(), 1U) << one.row << desk.Told();
    EXPECT_EQ(desk.faults[0].line, 2U) << one.row;
    EXPECT_EQ(desk.faults[0].fault.reason, one.reason) << one.row << desk.Told();
    EXPECT_EQ(desk.faults[0].column, one.column) << one.row << desk.Told();
    EXPECT_EQ(desk.progress.rows_read, 2U);
    EXPECT_EQ(desk.progress.rows_refused, 1U);
    EXPECT_GE(desk.records.size(), 1U) << "the rest goes on: " << one.row;
  }
}

TEST(ImportRows, SaysNothingOfWhatStoodInACell) {
  ImportDesk desk;
  ASSERT_TRUE(desk.Read(std::string(kHrHeader) + HrRow({{25, "SECRETWORD"}}) + HrRow({{4, "SECRETWORD"}}) +
                        HrRow({{29, "SECRETWORD"}}) + "SECRETWORD,SECRETWORD\n\"SECRETWORD\"x,y\n")
                  .ok());
  EXPECT_EQ(desk.faults.size(), 5U);
  EXPECT_EQ(desk.Told().find("SECRETWORD"), std::string::npos) << desk.Told();
  ImportDesk headless;
  const auto refused = headless.Read("Florrie,SECRETWORD,FTE\nx,y,z\n");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().detail.find("SECRETWORD"), std::string::npos) << refused.fault().detail;
}

TEST(ImportRows, GivesARowTheSameKeyWhereverItStands) {
  const std::string row = "1,,NHS|CSTF|Fire Safety|,,30-Nov-2024,x,Ms.,457";
  ImportDesk unix_ends;
  ImportDesk windows_ends;
  ImportDesk moved;
  ASSERT_TRUE(unix_ends.Read(std::string(kEsrHeader) + row + "\n").ok());
  ASSERT_TRUE(windows_ends.Read(std::string(kEsrHeader) + row + "\r\n").ok());
  ASSERT_TRUE(moved.Read(std::string(kEsrHeader) + "\n" + row + "\n").ok());
  EXPECT_EQ(unix_ends.records[0].request_key.size(), 64U);
  EXPECT_EQ(unix_ends.records[0].request_key, windows_ends.records[0].request_key);
  EXPECT_EQ(unix_ends.records[0].request_key, moved.records[0].request_key);
}

}  // namespace
}  // namespace passport
