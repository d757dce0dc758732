// One employer's file, from its bytes to signed records: read row by row, staged, approved.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "operator-cli/import/import_reader.h"
#include "operator-cli/online/service_client.h"

namespace passport {

struct ReadFile {
  std::string id;  // the same for the same file
  std::string source;
  ImportProgress progress;
  std::vector<ImportOrder> orders;  // in the order of the file
  std::vector<RowFault> faults;     // rows the reader refused
};

// Reads a whole file. Fails when the file as a whole is refused.
Result<ReadFile> ReadEmployersFile(const std::string& path, const CompetenceTable& competences, CivilDay today);

// Sends orders until all are answered; one answer for each, in their order. Fails when the stream ends early: `answers`
// then holds those that came.
Result<StagedAnswer> StageOrders(ServiceClient& client, const ImportOpening& opening,
                                 const std::vector<ImportOrder>& orders, std::vector<ImportRowAnswer>& answers);

// Signs what was staged. Fails where the organisation has two persons sign.
Result<IssueAnswer> IssueStaged(ServiceClient& client, const std::string& import_id);
// Looks at what was staged, as the second person, and signs just that.
Result<IssueAnswer> IssueReviewed(ServiceClient& client, const std::string& import_id);

}  // namespace passport
