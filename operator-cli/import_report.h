// What became of a file: counts, the rows that were refused and why, and a result file beside it.
//
// Names line, column and rule, never what stood there. Memory is bounded: of the refusals the first kRefusalsShownMax
// are kept for the screen, all of them go to the result file and to JSON. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "operator-cli/files.h"
#include "operator-cli/import/imported_record.h"
#include "operator-cli/session.h"
#include "operator-cli/table.h"

namespace passport {

inline constexpr std::size_t kRefusalsShownMax = 40;

struct ImportTally {
  std::uint64_t rows_read = 0;
  std::uint64_t rows_refused = 0;     // by what stands in the file
  std::uint64_t records = 0;          // sent; a row may hold several
  std::uint64_t issued = 0;           // signed now
  std::uint64_t again = 0;            // had been signed before
  std::uint64_t records_refused = 0;  // by the service
  std::uint64_t people_enrolled = 0;  // now, with --enrol
};

class ImportReport {
 public:
  // With a result file every record and every refused row becomes a line of it.
  ImportReport(Session& session, std::optional<OpenFile> results);

  void OnRowFault(const RowFault& fault);
  void OnAnswer(const ImportedRecord& record, const ImportRowAnswer& answer);
  // Prints the table and the counts. Fails with kFileUnreadable when the result file could not be written.
  Result<void> Finish(const ImportTally& tally);
  const ImportTally& tally() const { return tally_; }

 private:
  void Refuse(std::uint64_t line, std::string_view kind, std::string_view column, Reason reason,
              std::string_view detail);
  void WriteResult(std::uint64_t line, std::string_view kind, std::string_view outcome, std::string_view credential_id,
                   std::string_view column, std::optional<Reason> reason, std::string_view detail);
  void TellProgress();

  Session& session_;
  std::optional<OpenFile> results_;
  std::optional<Fault> write_fault_;
  ImportTally tally_;
  std::uint64_t answered_ = 0;
  std::uint64_t refusals_ = 0;
  Table shown_;
};

}  // namespace passport
