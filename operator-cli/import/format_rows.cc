#include "operator-cli/import/format_rows.h"

#include <utility>

namespace passport {

DayForms DayFormsOf(ImportFormat format) {
  switch (format) {
    case ImportFormat::kEsrCompetence:
      return {.named_month = true};
    case ImportFormat::kHrCsv:
      return {.iso = true};
    case ImportFormat::kCareHomeCsv:
    case ImportFormat::kLearningCsv:
      return {.iso = true, .named_month = true, .day_first = true};
  }
  return {};
}

ImportedRecord BeginRecord(std::string_view kind, CivilDay achieved_on, const Vouching& vouching) {
  return {.line = 0,
          .employee_number = "",
          .kind = kind,
          .request_key = "",
          .fields = {{"achieved_on", achieved_on.Text()},
                     {"assurance", std::string(vouching.assurance)},
                     {"method", std::string(vouching.method)},
                     {"checker_role", vouching.checker_role},
                     {"checked_on", vouching.checked_on.Text()}}};
}

Result<const Competence*> FindCompetence(RowCells& cells, std::size_t column, const CompetenceTable& competences) {
  if (cells.Empty(column)) return cells.Blame(column, "is empty", ValueClass::kEmpty);
  const Competence* const competence = competences.Find(cells.Cell(column));
  if (competence == nullptr) {
    return cells.Blame(column, "is not in the table of competences", ValueClass::kUnknownCourse);
  }
  return competence;
}

ImportedRecord TrainingRecord(const RowCells& cells, std::size_t name_column, const Competence& competence,
                              CivilDay achieved_on, const Vouching& vouching) {
  ImportedRecord record = BeginRecord("mandatory_training", achieved_on, vouching);
  record.fields.push_back({"subject", competence.subject});
  record.fields.push_back({"level", competence.level});
  record.fields.push_back({"framework", competence.framework});
  record.fields.push_back({"assessed_by", competence.assessed_by});
  std::string title = cells.TextThatFits(name_column);
  if (!title.empty()) record.fields.push_back({"source_title", std::move(title)});
  return record;
}

Result<void> AppendExpiry(RowCells& cells, std::size_t column, CivilDay achieved_on, std::string_view after,
                          ImportedRecord& record) {
  if (cells.Empty(column)) return {};
  TRY_ASSIGN(const CivilDay expires_on, cells.Day(column));
  if (expires_on < achieved_on) {
    return cells.Blame(column, std::string("lies before ").append(after), ValueClass::kDayOrder);
  }
  record.fields.push_back({"expires_on", expires_on.Text()});
  return {};
}

Result<void> AppendNationalInsuranceKey(RowCells& cells, std::size_t column, std::vector<MatchKey>& keys) {
  if (cells.Empty(column)) return {};
  auto number = ParseNationalInsuranceNumber(cells.Cell(column));
  if (!number.ok()) return cells.Blame(column, number.fault().detail, ValueClass::kOtherForm);
  keys.push_back({.kind = MatchKeyKind::kNationalInsuranceNumber, .value = std::move(number).value()});
  return {};
}

}  // namespace passport
