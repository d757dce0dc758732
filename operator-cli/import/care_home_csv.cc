// The small file: one row is one record, for employers without an HR system (docs/formats/import-care-home-csv.md).
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "operator-cli/import/columns.h"
#include "operator-cli/import/format_rows.h"
#include "operator-cli/import/words.h"

namespace passport {
namespace {

using care_home::Column;

// Anything in a column that the record has no use for is refused: that is where opinions and offences would stand.
Result<void> OnlyThese(RowCells& cells, std::span<const Column> used, std::string_view because) {
  for (std::size_t column = care_home::kDate; column < care_home::kColumnCount; ++column) {
    bool listed = false;
    for (const Column one : used) listed = listed || one == column;
    if (!listed) TRY(cells.MustBeEmpty(column, because));
  }
  return {};
}

// Who looked and when: the row's own columns, both or neither, and otherwise who brings the file.
Result<Vouching> Checked(RowCells& cells, std::string_view method, const ImportTerms& terms) {
  Vouching vouching{.assurance = "employer_verified",
                    .method = method,
                    .checker_role = terms.checker_role,
                    .checked_on = terms.checked_on};
  if (cells.AllEmpty(care_home::kCheckedOn, care_home::kCheckedBy)) return vouching;
  TRY_ASSIGN(vouching.checked_on, cells.PastDay(care_home::kCheckedOn));
  TRY_ASSIGN(vouching.checker_role, cells.Word(care_home::kCheckedBy, kCheckerRoles));
  return vouching;
}

Result<ImportedRecord> Employment(RowCells& cells, const ImportTerms& terms) {
  static constexpr std::array kUsed = {care_home::kDate,       care_home::kEnds,     care_home::kTitle,
                                       care_home::kStaffGroup, care_home::kCategory, care_home::kCheckedOn,
                                       care_home::kCheckedBy};
  TRY(OnlyThese(cells, kUsed, "in an employment row"));
  TRY_ASSIGN(const CivilDay starts_on, cells.Day(care_home::kDate));
  TRY_ASSIGN(std::string title, cells.Text(care_home::kTitle));
  TRY_ASSIGN(std::string group, cells.OpenWord(care_home::kStaffGroup));
  TRY_ASSIGN(std::string category, cells.Word(care_home::kCategory, kAssignmentCategories));
  TRY_ASSIGN(const Vouching vouching, Checked(cells, "employer_record", terms));
  ImportedRecord record = BeginRecord("employment", starts_on, vouching);
  record.fields.push_back({"position_title", std::move(title)});
  record.fields.push_back({"staff_group", std::move(group)});
  record.fields.push_back({"assignment_category", std::move(category)});
  record.fields.push_back({"starts_on", starts_on.Text()});
  if (!cells.Empty(care_home::kEnds)) {
    TRY_ASSIGN(const CivilDay ends_on, cells.Day(care_home::kEnds));
    if (ends_on < starts_on) return cells.Blame(care_home::kEnds, "lies before Date", ValueClass::kDayOrder);
    record.fields.push_back({"ends_on", ends_on.Text()});
  }
  return record;
}

Result<ImportedRecord> CriminalRecordCheck(RowCells& cells) {
  static constexpr std::array kUsed = {care_home::kDate,        care_home::kLevel,     care_home::kWorkforce,
                                       care_home::kBarredLists, care_home::kReference, care_home::kCheckedOn,
                                       care_home::kCheckedBy,   care_home::kOutcome,   care_home::kUpdateService};
  TRY(OnlyThese(cells, kUsed, "in a dbs row"));
  TRY_ASSIGN(const CivilDay issued_on, cells.PastDay(care_home::kDate));
  TRY_ASSIGN(std::string level, cells.Word(care_home::kLevel, kDbsLevels));
  TRY_ASSIGN(std::string workforce, cells.Word(care_home::kWorkforce, kDbsWorkforces));
  TRY_ASSIGN(const std::string lists, cells.Word(care_home::kBarredLists, kBarredLists));
  if (level != "enhanced" && lists != "none") {
    return cells.Blame(care_home::kBarredLists, "goes with level enhanced only", ValueClass::kContradiction);
  }
  TRY_ASSIGN(std::string number, DbsCertificateNumber(cells, care_home::kReference));
  TRY_ASSIGN(const CivilDay seen_on, cells.PastDay(care_home::kCheckedOn));
  if (seen_on < issued_on) return cells.Blame(care_home::kCheckedOn, "lies before Date", ValueClass::kDayOrder);
  TRY_ASSIGN(const std::string role, cells.Word(care_home::kCheckedBy, kCheckerRoles));
  TRY_ASSIGN(std::string decision, cells.Word(care_home::kOutcome, kDbsDecisions));
  TRY_ASSIGN(const bool update_service, cells.Truth(care_home::kUpdateService));
  ImportedRecord record = BeginRecord(
      "criminal_record_check", issued_on,
      {.assurance = "employer_verified", .method = "certificate_seen", .checker_role = role, .checked_on = seen_on});
  const std::array<ImportedField, 10> facts = {
      {{"certificate_number", std::move(number)},
       {"issued_on", issued_on.Text()},
       {"level", std::move(level)},
       {"workforce", std::move(workforce)},
       {"barred_adults", lists == "adults" || lists == "both" ? "true" : "false"},
       {"barred_children", lists == "children" || lists == "both" ? "true" : "false"},
       {"seen_on", seen_on.Text()},
       {"seen_by_role", role},
       {"decision", std::move(decision)},
       {"update_service", update_service ? "true" : "false"}}};
  record.fields.insert(record.fields.end(), facts.begin(), facts.end());
  return record;
}

Result<ImportedRecord> Training(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms) {
  static constexpr std::array kUsed = {care_home::kDate, care_home::kTitle, care_home::kCheckedOn,
                                       care_home::kCheckedBy};
  TRY(OnlyThese(cells, kUsed, "in a training row"));
  TRY_ASSIGN(const CivilDay achieved_on, cells.PastDay(care_home::kDate));
  TRY_ASSIGN(const Competence* const competence, FindCompetence(cells, care_home::kTitle, competences));
  TRY_ASSIGN(const Vouching vouching, Checked(cells, "learning_record", terms));
  return TrainingRecord(cells, care_home::kTitle, *competence, achieved_on, vouching);
}

Result<ImportedRecord> RecordOf(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms) {
  if (cells.Empty(care_home::kRecord)) return cells.Blame(care_home::kRecord, "is empty", ValueClass::kEmpty);
  const std::string record = AsWord(cells.Cell(care_home::kRecord));
  if (record == "training") return Training(cells, competences, terms);
  if (record == "employment") return Employment(cells, terms);
  if (record == "dbs") return CriminalRecordCheck(cells);
  return cells.Blame(care_home::kRecord, "is not one of training, employment, dbs", ValueClass::kUnknownWord,
                     Reason::kRecordKind);
}

}  // namespace

Result<RowFacts> ReadCareHomeRow(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms) {
  RowFacts facts;
  TRY_ASSIGN(facts.employee_number, cells.EmployeeNumber(care_home::kStaffNumber));
  facts.keys.push_back(NumberKey(MatchKeyKind::kEmployeeNumber, facts.employee_number));
  TRY_ASSIGN(ImportedRecord record, RecordOf(cells, competences, terms));
  facts.records.push_back(std::move(record));
  return facts;
}

}  // namespace passport
