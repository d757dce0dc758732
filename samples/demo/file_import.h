// One employer's file, from its bytes to signed records: read row by row, staged, signed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "operator-cli/import/import_reader.h"
#include "operator-cli/online/service_client.h"

namespace passport {

struct ReadFile {
  ImportProgress progress;
  std::vector<ImportOrder> orders;  // in the order of the file
  std::vector<RowFault> faults;     // rows the reader refused
};

// Reads a whole file. Fails when the file as a whole is refused.
Result<ReadFile> ReadEmployersFile(std::string_view content, const CompetenceTable& competences, CivilDay today);

// What became of one file: staged, looked at, signed.
struct TakenFile {
  std::vector<ImportRowAnswer> answers;  // one for each order, in their order
  StagedAnswer staged;
  IssueAnswer issued;
};

// Stages the orders of one file of a series and signs them. Fails when either stream ends early.
Result<TakenFile> TakeIn(ServiceClient& client, const std::string& file_id, const std::string& source,
                         const std::vector<ImportOrder>& orders);

}  // namespace passport
