// The competence export of the Electronic Staff Record (docs/formats/import-esr-competence.md).
#include <utility>

#include "operator-cli/import/columns.h"
#include "operator-cli/import/format_rows.h"

namespace passport {

Result<RowFacts> ReadEsrCompetenceRow(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms) {
  RowFacts facts;
  TRY_ASSIGN(facts.employee_number, cells.EmployeeNumber(esr::kEmployeeNumber));
  facts.keys.push_back(NumberKey(MatchKeyKind::kEmployeeNumber, facts.employee_number));
  if (!cells.Empty(esr::kAssignmentNumber)) {
    TRY_ASSIGN(const std::string assignment, cells.EmployeeNumber(esr::kAssignmentNumber));
    facts.keys.push_back(NumberKey(MatchKeyKind::kAssignmentNumber, assignment));
  }
  TRY_ASSIGN(const CivilDay achieved_on, cells.PastDay(esr::kDateStart));
  TRY(cells.Digits(esr::kVpd, 3, "is not three digits"));
  TRY_ASSIGN(const Competence* const competence, FindCompetence(cells, esr::kCompetencyName, competences));
  // "Last Updated By" is the updater and "Title" a form of address: neither is about the learner's competence.
  ImportedRecord record = TrainingRecord(cells, esr::kCompetencyName, *competence, achieved_on,
                                         {.assurance = "employer_verified",
                                          .method = "learning_record",
                                          .checker_role = terms.checker_role,
                                          .checked_on = terms.checked_on});
  // When it expires is the issuer's rule; a receiver has its own.
  TRY(AppendExpiry(cells, esr::kExpiryDate, achieved_on, "Date Start", record));
  facts.records.push_back(std::move(record));
  return facts;
}

}  // namespace passport
