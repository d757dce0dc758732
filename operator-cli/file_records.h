// The records of an employer's file, one after the other, as they are asked for.
//
// The file is read in portions, so memory is bounded by one portion and one row whatever the file. One thread.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "operator-cli/import/import_reader.h"
#include "terminal/files.h"

namespace passport {

// One record and which of its line it is: 0 for the first.
struct PlacedRecord {
  ImportedRecord record;
  std::uint32_t part = 0;
};

// Hears of each row as it is read, some rows ahead of Next().
class RowObserver {
 public:
  virtual ~RowObserver() = default;
  virtual void OnRow(const SourceRow&) {}
  virtual void OnRecord(const ImportedRecord&) {}
  virtual void OnRowFault(const RowFault&) {}
};

class FileRecords final : private ImportVisitor {
 public:
  struct Terms {
    const CompetenceTable& competences;
    ImportTerms import;
    std::optional<ImportFormat> format;  // nothing: told from the header
  };
  // `terms.competences` and `observer` outlive it.
  FileRecords(OpenFile file, const Terms& terms, RowObserver& observer);

  // Nothing at the end and when the file as a whole is refused; see fault().
  std::optional<PlacedRecord> Next();
  // Why the file as a whole was refused or can not be read on: kFileHeader, kFileEncoding, kRowFields, kRowTooLong,
  // kFileUnreadable.
  const std::optional<Fault>& fault() const { return fault_; }
  const ImportReader& reader() const { return reader_; }

 private:
  void OnRow(const SourceRow& row) override { observer_.OnRow(row); }
  void OnRecord(ImportedRecord record) override;
  void OnRowFault(RowFault fault) override { observer_.OnRowFault(fault); }
  Result<void> ReadPortion();

  OpenFile file_;
  std::optional<ImportFormat> format_;
  RowObserver& observer_;
  ImportReader reader_;
  std::deque<PlacedRecord> waiting_;
  std::uint64_t last_line_ = 0;
  std::uint32_t next_part_ = 0;
  std::optional<Fault> fault_;
  bool ended_ = false;
};

}  // namespace passport
