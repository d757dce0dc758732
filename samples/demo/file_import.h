// One employer's file, from its bytes to signed records: read row by row, sent, answered row by row.
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

// Sends orders until all are answered; one answer for each, in their order. Fails when the stream ends early: `answers`
// then holds those that came.
Result<void> SendOrders(ServiceClient& client, const std::vector<ImportOrder>& orders,
                        std::vector<ImportRowAnswer>& answers);

}  // namespace passport
