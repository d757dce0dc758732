// The competence export of the Electronic Staff Record (docs/formats/import-esr-competence.md).
#include <algorithm>
#include <optional>
#include <utility>

#include "operator-cli/import/columns.h"
#include "operator-cli/import/format_rows.h"
#include "operator-cli/import/words.h"

namespace passport {
namespace {

Result<void> CheckVpd(RowCells& cells) {
  const std::string_view vpd = cells.Cell(esr::kVpd);
  const bool good =
      vpd.size() == 3U && std::all_of(vpd.begin(), vpd.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!good) return cells.Blame(esr::kVpd, "is not three digits");
  return {};
}

}  // namespace

Result<ImportedRecord> TrainingRecord(RowCells& cells, std::size_t title_column, std::string employee_number,
                                      CivilDay achieved_on, const CompetenceTable& competences) {
  if (cells.Empty(title_column)) return cells.Blame(title_column, "is empty");
  const Competence* const competence = competences.Find(cells.Cell(title_column));
  if (competence == nullptr) return cells.Blame(title_column, "is not in the table of competences");
  return ImportedRecord{.line = 0,
                        .employee_number = std::move(employee_number),
                        .kind = "mandatory_training",
                        .request_key = "",
                        .fields = {{"achieved_on", achieved_on.Text()},
                                   {"assurance", "employer_verified"},
                                   {"method", "learning_record"},
                                   {"checker_role", std::string(kKeeperOfRecords)},
                                   {"checked_on", achieved_on.Text()},
                                   {"subject", competence->subject},
                                   {"level", competence->level},
                                   {"framework", competence->framework},
                                   {"assessed_by", competence->assessed_by}}};
}

Result<std::vector<ImportedRecord>> ReadEsrCompetenceRow(RowCells& cells, const CompetenceTable& competences) {
  TRY_ASSIGN(std::string employee_number, cells.EmployeeNumber(esr::kEmployeeNumber));
  if (!cells.Empty(esr::kAssignmentNumber)) TRY(cells.EmployeeNumber(esr::kAssignmentNumber));
  TRY_ASSIGN(const CivilDay achieved_on, cells.PastEsrDay(esr::kDateStart));
  // When it expires is the issuer's rule; a receiver has its own.
  std::optional<CivilDay> expires_on;
  if (!cells.Empty(esr::kExpiryDate)) {
    TRY_ASSIGN(expires_on, cells.EsrDay(esr::kExpiryDate));
    if (*expires_on < achieved_on) return cells.Blame(esr::kExpiryDate, "lies before Date Start");
  }
  TRY(CheckVpd(cells));
  // "Last Updated By" is the updater and "Title" a form of address: neither is about the learner's competence.
  TRY_ASSIGN(ImportedRecord record,
             TrainingRecord(cells, esr::kCompetencyName, std::move(employee_number), achieved_on, competences));
  if (expires_on) record.fields.push_back({"expires_on", expires_on->Text()});
  std::vector<ImportedRecord> records;
  records.push_back(std::move(record));
  return records;
}

}  // namespace passport
