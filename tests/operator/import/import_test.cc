// What a file as employers have it becomes: the learning system's export, keys, conflicts, columns that may be left
// out.
#include <string>
#include <vector>

#include "tests/operator/import/import_cases.h"
#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

std::string ValueOf(const ImportedRecord& record, std::string_view name) {
  const std::string* const value = record.Find(name);
  return value == nullptr ? "(absent)" : *value;
}

std::string Keys(const ImportedRecord& record) {
  std::string keys;
  for (const MatchKey& key : record.keys) {
    keys.append(keys.empty() ? "" : "; ").append(WordOf(key.kind)).append("=").append(key.value);
  }
  return keys;
}

// A row of kLearningHeader, whole, with some cells put in the place of others.
enum Cell : std::size_t {
  kLearner,
  kEmployee,
  kAssignment,
  kGiven,
  kFamily,
  kEmail,
  kBorn,
  kNi,
  kCode,
  kTitle,
  kPart,
  kDone,
  kExpiry,
  kStatus,
  kScore,
  kProvider
};
struct CellChange {
  Cell cell;
  std::string text;
};
std::string RowWith(const std::vector<CellChange>& changes) {
  std::vector<std::string> cells = {"lms-88",
                                    "20310001",
                                    "20310001-2",
                                    "Florrie",
                                    "Example-Avocet",
                                    "florrie@example.invalid",
                                    "13/07/1975",
                                    "aa 12 34 56 c",
                                    "",
                                    "Oliver McGowan Mandatory Training - Tier 2",
                                    "",
                                    "2026-02-23",
                                    "23/02/2029",
                                    "Completed",
                                    "92",
                                    "Ouzel Valley Learning (fictional)"};
  for (const CellChange& change : changes) cells[change.cell] = change.text;
  std::string row;
  for (const std::string& cell : cells) row.append(row.empty() ? "\"" : ",\"").append(cell + "\"");
  return row + "\n";
}

ImportDesk Read(std::string_view text) {
  ImportDesk desk;
  EXPECT_TRUE(desk.Read(text).ok());
  return desk;
}

TEST_F(Import, ReadsACompletedCourseOfALearningSystem) {
  const ImportDesk desk = Read(std::string(kLearningHeader) + RowWith({}));
  ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
  const ImportedRecord& record = desk.records[0];
  EXPECT_EQ(record.kind, "mandatory_training");
  EXPECT_EQ(record.employee_number, "20310001");
  struct Fact {
    std::string_view name;
    std::string_view value;
  };
  for (const Fact& fact :
       {Fact{"achieved_on", "2026-02-23"}, Fact{"assurance", "employer_verified"}, Fact{"method", "learning_record"},
        Fact{"checker_role", "workforce_information"}, Fact{"checked_on", "2026-11-22"},
        Fact{"subject", "oliver_mcgowan"}, Fact{"level", "2"}, Fact{"framework", "oliver_mcgowan_code"},
        Fact{"assessed_by", "classroom_assessment"}, Fact{"source_title", "Oliver McGowan Mandatory Training - Tier 2"},
        Fact{"provider", "Ouzel Valley Learning (fictional)"}, Fact{"expires_on", "2029-02-23"},
        Fact{"part", "(absent)"}}) {
    EXPECT_EQ(ValueOf(record, fact.name), fact.value) << fact.name;
    Case();
  }
  EXPECT_EQ(Keys(record),
            "employee_number=20310001; assignment_number=20310001-2; national_insurance_number=AA123456C; "
            "name_and_birth_date=1975-07-13 example-avocet, florrie");
  for (const ImportedField& field : record.fields) {
    EXPECT_EQ(field.value.find("example.invalid"), std::string::npos) << "no address is kept";
    EXPECT_EQ(field.value.find("92"), std::string::npos) << "no score is kept";
  }
}

TEST_F(Import, FindsTheLearnerByWhateverTheRowBears) {
  struct Given {
    std::vector<CellChange> changes;
    std::string_view employee_number;
    std::string_view keys;
  };
  const std::vector<CellChange> nameless = {{kGiven, ""}, {kFamily, ""}, {kBorn, ""}};
  const auto with = [&](std::vector<CellChange> changes) {
    changes.insert(changes.end(), nameless.begin(), nameless.end());
    return changes;
  };
  for (const Given& one : std::vector<Given>{
           {with({{kNi, ""}, {kAssignment, ""}}), "20310001", "employee_number=20310001"},
           {with({{kNi, ""}, {kAssignment, ""}, {kEmployee, ""}}), "lms-88", "employee_number=LMS-88"},
           {with({{kNi, ""}, {kLearner, ""}, {kEmployee, ""}}), "", "assignment_number=20310001-2"},
           {with({{kAssignment, ""}, {kLearner, ""}, {kEmployee, ""}}), "", "national_insurance_number=AA123456C"},
           {{{kNi, ""}, {kAssignment, ""}, {kLearner, ""}, {kEmployee, ""}},
            "",
            "name_and_birth_date=1975-07-13 example-avocet, florrie"},
       }) {
    const ImportDesk desk = Read(std::string(kLearningHeader) + RowWith(one.changes));
    ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
    EXPECT_EQ(desk.records[0].employee_number, one.employee_number);
    EXPECT_EQ(Keys(desk.records[0]), one.keys);
    Case();
  }
}

TEST_F(Import, ReadsThePartsOfACourse) {
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"E-learning", "elearning"},  {"eLearning", "elearning"},    {"Live session", "live"}, {"LIVE", "live"},
      {"Standard 1", "standard_1"}, {"standard 16", "standard_16"}};
  for (const auto& [text, part] : parts) {
    const ImportDesk desk = Read(std::string(kLearningHeader) + RowWith({{kPart, text}}));
    ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
    EXPECT_EQ(ValueOf(desk.records[0], "part"), part);
    EXPECT_EQ(ValueOf(desk.records[0], "assessed_by"),
              part == "elearning" ? "e_learning_assessment" : "classroom_assessment");
    Case();
  }
}

TEST_F(Import, RefusesALearningRowAndSaysWhatKindOfThingStoodThere) {
  struct Given {
    std::vector<CellChange> changes;
    std::string_view column;
    ValueClass value_class;
  };
  for (const Given& one : std::vector<Given>{
           {{{kStatus, "In progress"}}, "Status", ValueClass::kNotCompleted},
           {{{kStatus, "FAILED"}}, "Status", ValueClass::kNotCompleted},
           {{{kStatus, "Not Started"}}, "Status", ValueClass::kNotCompleted},
           {{{kStatus, "Passed"}}, "Status", ValueClass::kUnknownWord},
           {{{kStatus, ""}}, "Status", ValueClass::kEmpty},
           {{{kTitle, "Advanced Napping"}}, "Course Title", ValueClass::kUnknownCourse},
           {{{kTitle, ""}}, "Course Title", ValueClass::kEmpty},
           {{{kTitle, ""}, {kCode, "Fire Safety"}}, "Course Title", ValueClass::kEmpty},
           {{{kCode, "Fire Safety"}}, "Course Code", ValueClass::kContradiction},
           {{{kPart, "first half"}}, "Part", ValueClass::kUnknownWord},
           {{{kPart, "Standard 17"}}, "Part", ValueClass::kUnknownWord},
           {{{kPart, "Standard 01"}}, "Part", ValueClass::kUnknownWord},
           {{{kDone, ""}}, "Completion Date", ValueClass::kEmpty},
           {{{kDone, "2026-11-23"}}, "Completion Date", ValueClass::kFutureDay},
           {{{kDone, "31/06/2026"}}, "Completion Date", ValueClass::kNoSuchDay},
           {{{kDone, "46076"}}, "Completion Date", ValueClass::kDayNumber},
           {{{kDone, "23/02/26"}}, "Completion Date", ValueClass::kDayTwoDigitYear},
           {{{kDone, "2026-02-23 14:03"}}, "Completion Date", ValueClass::kDayWithTime},
           {{{kDone, "Feb 23"}}, "Completion Date", ValueClass::kDayOtherForm},
           {{{kDone, "1975-07-13"}}, "Completion Date", ValueClass::kDayOrder},
           {{{kExpiry, "2026-02-22"}}, "Expiry Date", ValueClass::kDayOrder},
           {{{kBorn, "2027-01-01"}}, "Date of Birth", ValueClass::kFutureDay},
           {{{kNi, "QQ123456C"}}, "National Insurance Number", ValueClass::kOtherForm},
           {{{kEmployee, "Florrie Example"}}, "Employee Number", ValueClass::kOtherForm},
           {{{kEmployee, "123456789012345678901"}}, "Employee Number", ValueClass::kTooLong},
           {{{kGiven, std::string(81, 'a')}}, "Given Names", ValueClass::kTooLong},
           {{{kProvider, "Ouzel\x07"}}, "Provider", ValueClass::kUnseenCharacter},
           {{{kLearner, ""}, {kEmployee, ""}, {kAssignment, ""}, {kNi, ""}, {kFamily, ""}}, "", ValueClass::kWholeRow},
       }) {
    const ImportDesk desk = Read(std::string(kLearningHeader) + RowWith(one.changes) + RowWith({}));
    ASSERT_EQ(desk.faults.size(), 1U) << desk.Told();
    EXPECT_EQ(desk.faults[0].line, 2U);
    EXPECT_EQ(desk.faults[0].column, one.column) << desk.Told();
    EXPECT_EQ(WordOf(desk.faults[0].value_class), WordOf(one.value_class)) << desk.Told();
    EXPECT_EQ(desk.records.size(), 1U) << "the rest goes on";
    Case();
  }
}

TEST_F(Import, TakesACourseByItsCodeWhenTheTableKnowsThat) {
  const ImportDesk desk =
      Read(std::string(kLearningHeader) + RowWith({{kTitle, "Our own words"}, {kCode, "Fire Safety"}}));
  ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
  EXPECT_EQ(ValueOf(desk.records[0], "subject"), "fire_safety");
  EXPECT_EQ(ValueOf(desk.records[0], "source_title"), "Our own words");
  Case();
}

TEST_F(Import, TakesTheNamesThatOtherLearningSystemsGiveTheirColumns) {
  for (const std::string_view header : {"Learner ID,Course Name,Date Completed,Completion Status\n",
                                        "Employee Number,COURSE TITLE,Completed On,Status\n",
                                        "National Insurance Number,Course Title,Completion Date,Status\n"}) {
    const ImportDesk desk = Read(std::string(header) + "AA123456C,Fire Safety,2026-01-15,Completed\n");
    EXPECT_EQ(desk.records.size(), 1U) << desk.Told();
    Case();
  }
}

TEST_F(Import, KeepsTheNameACompetenceHadInTheSource) {
  const std::vector<std::pair<std::string, std::string>> titles = {
      {"NHS|CSTF|Fire Safety - 2 Years|", "NHS|CSTF|Fire Safety - 2 Years|"},
      {"\"NHS|CSTF|Fire \n Safety\"", "NHS|CSTF|Fire Safety"},
      {"Fire Safety" + std::string(75, ' ') + "- 2 Years", "Fire Safety - 2 Years"},
  };
  for (const auto& [cell, title] : titles) {
    const ImportDesk desk = Read(std::string(kEsrHeader) + "1,,\"" +
                                 (cell.starts_with('"') ? cell.substr(1) : cell + "\"") + ",,30-Nov-2024,x,Ms.,457\n");
    ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
    EXPECT_EQ(ValueOf(desk.records[0], "source_title"), title);
    EXPECT_EQ(ValueOf(desk.records[0], "expires_on"), "(absent)") << "the period is the issuer's rule";
    Case();
  }
  const CompetenceTable table =
      CompetenceTable::Parse(
          "Competence,Subject,Level,Framework,Assessed By\n" + std::string(81, 'a') +
          ",fire_safety,1,cstf,e_learning_assessment\n<i>,fire_safety,1,cstf,e_learning_assessment\n")
          .value();
  for (const std::string& cell : {std::string(81, 'a'), std::string("<i>")}) {
    ImportDesk desk;
    ImportReader reader(table, TestTerms(), desk);
    ASSERT_TRUE(reader.Feed(std::string(kEsrHeader) + "1,," + cell + ",,30-Nov-2024,x,Ms.,457\n").ok());
    ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
    EXPECT_EQ(ValueOf(desk.records[0], "source_title"), "(absent)") << "not cut, and no mark-up";
    Case();
  }
}

constexpr std::string_view kHrCells =
    ",%,Florrie,Example-Avocet,%,2025-01-10,passport,HR Officer,,,,,,,,,,,,,,,,,,,,,NMC,01a2345n,Registered nurse,"
    "Registered,No,2026-11-22,";
std::string HrRow(std::string_view number, std::string_view born_on, std::string_view more = "") {
  std::string row(kHrCells);
  row.replace(row.find('%'), 1, number);
  row.replace(row.find('%'), 1, born_on);
  return std::string(number) + row + std::string(more) + "\n";
}

TEST_F(Import, TakesTheColumnsAnHrFileMayHave) {
  const std::string header =
      std::string(kHrHeader.substr(0, kHrHeader.size() - 1)) + ",National Insurance Number,Register Checked By\n";
  const ImportDesk desk = Read(header + HrRow("1", "1980-02-29", ",AA123456C,Line Manager"));
  ASSERT_EQ(desk.records.size(), 2U) << desk.Told();
  for (const ImportedRecord& record : desk.records) {
    EXPECT_EQ(Keys(record),
              "employee_number=1; assignment_number=1; national_insurance_number=AA123456C; "
              "registration_number=NMC 01A2345N; name_and_birth_date=1980-02-29 example-avocet, florrie");
    EXPECT_EQ(desk.Told().find("=AA123456C"), std::string::npos) << "in no record";
  }
  EXPECT_EQ(ValueOf(desk.records[1], "checker_role"), "line_manager");
  const ImportDesk plain = Read(std::string(kHrHeader) + HrRow("1", "1980-02-29"));
  ASSERT_EQ(plain.records.size(), 2U) << plain.Told();
  EXPECT_EQ(ValueOf(plain.records[1], "checker_role"), "workforce_information");
  for (const std::string_view more : {",AA123456X,", ",,Florrie Example"}) {
    EXPECT_EQ(Read(header + HrRow("1", "1980-02-29", more)).faults.size(), 1U) << more;
    Case();
  }
}

TEST_F(Import, EveryRecordNamesMethodCheckerAndDay) {
  const std::string small =
      std::string(kCareHomeHeader) +
      "LH1,training,15/01/2026,,Fire Safety,,,,,,,,,,\n"
      "LH1,training,15-Jan-2026,,Fire Safety,,,,,,,2026-01-20,Registered Manager,,\n"
      "LH1,employment,2025-06-01,,Care Worker,Social Care,Bank,,,,,,,,\n"
      "LH1,employment,2025-06-01,,Care Worker,Social Care,Bank,,,,,01/06/2025,Line Manager,,\n"
      "LH1,DBS,2025-05-01,,,,,Enhanced,Adult,Adults,009900000002,2025-05-09,Registered Manager,Cleared,Yes\n";
  const ImportDesk desk = Read(small);
  ASSERT_EQ(desk.records.size(), 5U) << desk.Told();
  const std::vector<std::string> expected = {"workforce_information 2026-11-22", "registered_manager 2026-01-20",
                                             "workforce_information 2026-11-22", "line_manager 2025-06-01",
                                             "registered_manager 2025-05-09"};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(ValueOf(desk.records[i], "checker_role") + " " + ValueOf(desk.records[i], "checked_on"), expected[i]);
    EXPECT_NE(ValueOf(desk.records[i], "method"), "(absent)");
    Case();
  }
}

TEST_F(Import, RefusesASecondDateOfBirthOfOnePersonAndNamesBothLines) {
  const ImportDesk desk = Read(std::string(kHrHeader) + HrRow("e1", "1980-02-29") + HrRow("2", "1980-02-28") +
                               HrRow("E1", "1980-02-29") + HrRow("e1", "1980-02-28"));
  ASSERT_EQ(desk.faults.size(), 1U) << desk.Told();
  const RowFault& fault = desk.faults[0];
  EXPECT_EQ(fault.fault.reason, Reason::kPersonConflict);
  EXPECT_EQ(fault.line, 5U);
  EXPECT_EQ(fault.other_line, 2U);
  EXPECT_EQ(fault.column, "Date of Birth");
  EXPECT_EQ(fault.value_class, ValueClass::kOtherBirthDate);
  EXPECT_NE(fault.fault.detail.find("line 2"), std::string::npos) << fault.fault.detail;
  EXPECT_EQ(desk.records.size(), 6U);
  Case();
}

TEST_F(Import, ComparesDatesOfBirthOfGoodRowsWithANumberOnly) {
  // A row that is refused anyway says nothing of the person; two people may share a name.
  const ImportDesk refused =
      Read(std::string(kLearningHeader) + RowWith({{kBorn, "1975-07-14"}, {kStatus, "Failed"}}) + RowWith({}));
  EXPECT_EQ(refused.records.size(), 1U) << refused.Told();
  const std::vector<CellChange> unnumbered = {{kLearner, ""}, {kEmployee, ""}, {kAssignment, ""}, {kNi, ""}};
  std::vector<CellChange> other = unnumbered;
  other.push_back({kBorn, "1975-07-14"});
  const ImportDesk namesakes = Read(std::string(kLearningHeader) + RowWith(unnumbered) + RowWith(other));
  EXPECT_EQ(namesakes.records.size(), 2U) << namesakes.Told();
  Case();
}

TEST_F(Import, PassesOverColumnsWithoutANameAndColumnsOfAnEarlierResult) {
  const std::string esr(kEsrHeader.substr(0, kEsrHeader.size() - 1));
  const std::string row = "1,,Fire Safety,,30-Nov-2024,x,Ms.,457";
  const ImportDesk plain = Read(esr + "\n" + row + "\n");
  struct Given {
    std::string header;
    std::string row;
  };
  const std::string results = ",Passport Result,Passport Detail,What To Do";
  for (const Given& one : std::vector<Given>{{",,", ""},
                                             {",,", ",,"},
                                             {", ,\t", ",\"\""},
                                             {results, ",refused,\"Date Start: is empty\",Fill it in"},
                                             {results, ""},
                                             {results, ",new"},
                                             {",," + results, ",,,refused,x,y"},
                                             {results + ",,", ",refused,x,y,,"}}) {
    const ImportDesk desk = Read(esr + one.header + "\n" + row + one.row + "\n");
    ASSERT_EQ(desk.records.size(), 1U) << one.header << " / " << one.row << desk.Told();
    EXPECT_EQ(desk.records[0].request_key, plain.records[0].request_key) << "the same row";
    EXPECT_EQ(desk.rows.find("refused"), std::string::npos) << desk.rows;
    Case();
  }
  for (const Given& one : std::vector<Given>{{",,", ",x"}, {",,", ",,,"}, {",," + results, ",x,,new"}}) {
    const ImportDesk desk = Read(esr + one.header + "\n" + row + one.row + "\n");
    ASSERT_EQ(desk.faults.size(), 1U) << one.header << " / " << one.row << desk.Told();
    EXPECT_EQ(desk.faults[0].fault.reason, Reason::kRowFields);
    Case();
  }
}

TEST_F(Import, ShowsEveryRowAsItStoodAndInPortionsOfEverySize) {
  const std::string text = "\xEF\xBB\xBF" + std::string(kLearningHeader.substr(0, kLearningHeader.size() - 1)) +
                           ",,\r\n" + RowWith({}) + ",,,,\r\n\r\n" + RowWith({{kGiven, "Flor\nrie"}}) + "\"\",\r" +
                           RowWith({{kStatus, "Fai\"\"led"}}) + "1,\"2\n\n3,4";
  ImportDesk whole;
  ASSERT_TRUE(whole.Read(text, text.size()).ok());
  EXPECT_EQ(whole.records.size(), 2U) << whole.Told();
  EXPECT_EQ(whole.faults.size(), 2U) << whole.Told();
  for (std::size_t portion = 1; portion < text.size(); ++portion) {
    ImportDesk desk;
    ASSERT_TRUE(desk.Read(text, portion).ok());
    ASSERT_EQ(desk.Told(), whole.Told()) << portion;
    ASSERT_EQ(desk.rows, whole.rows) << portion;
    Case();
  }
  EXPECT_NE(whole.rows.find("3:2:,,,,\n"), std::string::npos) << whole.rows;
  EXPECT_NE(whole.rows.find("1,\"2\n\n3,4"), std::string::npos) << whole.rows;
}

}  // namespace
}  // namespace passport
