// The file as it was, with what became of each row: fits the answers of the service to the rows they belong to.
//
// Rows wait until all their records are answered, so memory is bounded by the batches under way. A row that a later row
// of the file outdoes keeps the result it had when it was answered; the counts know. One thread.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "operator-cli/file_records.h"
#include "operator-cli/import/result_file.h"
#include "operator-cli/online/import_answers.h"

namespace passport {

class ImportResults {
 public:
  // `encoding` is that of the whole file.
  ImportResults(OpenFile file, const FileEncoding& encoding);

  // In the order of the file, ahead of the answers.
  void OnRow(const SourceRow& row);
  void OnRecord(const ImportedRecord& record);
  void OnRowFault(const RowFault& fault);
  // The row is not sent although it was read.
  void OnHeldBack(std::uint64_t line, const Fault& fault);
  void OnAnswer(const ImportRowAnswer& answer);
  // Writes what still waits. Fails with kFileUnreadable when the file could not be written.
  Result<void> Finish();

 private:
  struct Waiting {
    SourceRow row;
    std::string text;
    std::uint64_t to_answer = 0;
    bool read = false;  // a later row has begun, so all its records are known
    std::optional<RowVerdictAnswer> verdict;
    std::string detail;
    std::string what_to_do;
  };
  Waiting* Find(std::uint64_t line);
  void Tell(Waiting& waiting, RowVerdictAnswer verdict, std::string_view detail, std::string_view what_to_do);
  void Flush();
  Result<void> Write(const Waiting& waiting);

  OpenFile file_;
  FileEncoding encoding_;
  ResultFile results_;
  std::deque<Waiting> waiting_;
  std::optional<Fault> fault_;
};

}  // namespace passport
