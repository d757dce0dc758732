// How a row of each format becomes records. A row is taken whole or refused whole.
#pragma once

#include <string>
#include <vector>

#include "credential/vocabulary/result.h"
#include "operator-cli/import/competence_table.h"
#include "operator-cli/import/imported_record.h"
#include "operator-cli/import/row_cells.h"

namespace passport {

// The records of a row; line and request key are the caller's to fill in. Each fails with kRecordField or kRecordKind,
// the column in cells.blamed().
Result<std::vector<ImportedRecord>> ReadEsrCompetenceRow(RowCells& cells, const CompetenceTable& competences);
Result<std::vector<ImportedRecord>> ReadHrRow(RowCells& cells);
Result<std::vector<ImportedRecord>> ReadCareHomeRow(RowCells& cells, const CompetenceTable& competences);

// A record of training from a competence name; `achieved_on` was read before.
Result<ImportedRecord> TrainingRecord(RowCells& cells, std::size_t title_column, std::string employee_number,
                                      CivilDay achieved_on, const CompetenceTable& competences);

// "009900000012": 12 digits.
Result<std::string> DbsCertificateNumber(RowCells& cells, std::size_t column);

}  // namespace passport
