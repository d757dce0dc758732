// The records of an employer's file, one after the other, as they are asked for.
//
// The file is read in portions, so memory is bounded by one portion and one row whatever the file. One thread.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "operator-cli/files.h"
#include "operator-cli/import/import_reader.h"

namespace passport {

// Hears of each row that is refused, as it is passed.
using RowFaultSink = std::function<void(const RowFault&)>;

class FileRecords final : private ImportVisitor {
 public:
  struct Terms {
    const CompetenceTable& competences;
    ImportTerms import;
    std::optional<ImportFormat> format;  // nothing: told from the header
  };
  // Everything in `terms` and behind `refused` outlives it.
  FileRecords(OpenFile file, const Terms& terms, RowFaultSink refused);

  // Nothing at the end and when the file as a whole is refused; see fault().
  std::optional<ImportedRecord> Next();
  // Why the file as a whole was refused or can not be read on: kFileHeader, kFileEncoding, kRowTooLong,
  // kFileUnreadable.
  const std::optional<Fault>& fault() const { return fault_; }
  ImportProgress progress() const { return reader_.progress(); }

 private:
  void OnRecord(ImportedRecord record) override { waiting_.push_back(std::move(record)); }
  void OnRowFault(RowFault fault) override { refused_(fault); }
  Result<void> ReadPortion();

  OpenFile file_;
  std::optional<ImportFormat> format_;
  RowFaultSink refused_;
  ImportReader reader_;
  std::deque<ImportedRecord> waiting_;
  std::optional<Fault> fault_;
  bool ended_ = false;
};

}  // namespace passport
