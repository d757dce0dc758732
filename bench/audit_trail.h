// An audit trail of one organisation's day and its export, for the benchmarks of the audit.
#pragma once

#include <string>
#include <vector>

#include "credential/crypto/key_set.h"
#include "credential/evidence/audit_row.h"

namespace passport::bench {

inline constexpr std::size_t kAuditRows = 4096;

struct AuditTrail {
  std::vector<AuditRow> rows;
  std::string header;              // of the export, without line end
  std::vector<std::string> lines;  // one a row, without line ends
  KeySet pinned;
};

// Ends the process with a message when anything fails.
AuditTrail MakeAuditTrail();

// The row that follows on `last`.
AuditRow NextAuditRow(const AuditRow& last, std::size_t number);

}  // namespace passport::bench
