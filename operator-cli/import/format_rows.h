// How a row of each format becomes records. A row is taken whole or refused whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/result.h"
#include "operator-cli/import/competence_table.h"
#include "operator-cli/import/import_terms.h"
#include "operator-cli/import/imported_record.h"
#include "operator-cli/import/row_cells.h"

namespace passport {

// What a row holds: the person once, and what is said of them. Line, request key, number and keys of each record are
// the reader's to fill in.
struct RowFacts {
  std::string employee_number;  // empty when the row has none
  std::vector<MatchKey> keys;
  std::optional<CivilDay> born_on;  // when the row says so
  std::size_t born_on_column = 0;
  std::vector<ImportedRecord> records;
};

// Each fails with kRecordField or kRecordKind, the column in cells.blamed().
Result<RowFacts> ReadEsrCompetenceRow(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms);
Result<RowFacts> ReadHrRow(RowCells& cells, const ImportTerms& terms);
Result<RowFacts> ReadCareHomeRow(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms);
Result<RowFacts> ReadLearningRow(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms);

// Which forms of a day the page of the format allows.
DayForms DayFormsOf(ImportFormat format);

// Who vouches how, for the facts every kind has.
struct Vouching {
  std::string_view assurance;
  std::string_view method;
  std::string checker_role;
  CivilDay checked_on;
};
ImportedRecord BeginRecord(std::string_view kind, CivilDay achieved_on, const Vouching& vouching);

// A record of training; `name_column` is what the table of competences was asked for and is kept as source_title.
ImportedRecord TrainingRecord(const RowCells& cells, std::size_t name_column, const Competence& competence,
                              CivilDay achieved_on, const Vouching& vouching);
// The competence of that name. Fails when it is in no row of the table.
Result<const Competence*> FindCompetence(RowCells& cells, std::size_t column, const CompetenceTable& competences);
// Appends expires_on unless the cell is empty. Fails when it lies before `achieved_on`; `after` names that column.
Result<void> AppendExpiry(RowCells& cells, std::size_t column, CivilDay achieved_on, std::string_view after,
                          ImportedRecord& record);

// "009900000012": 12 digits.
Result<std::string> DbsCertificateNumber(RowCells& cells, std::size_t column);
// Appends the key unless the cell is empty.
Result<void> AppendNationalInsuranceKey(RowCells& cells, std::size_t column, std::vector<MatchKey>& keys);

}  // namespace passport
