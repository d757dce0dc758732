// Reads an employer's file as it arrives and says, row by row, what it holds or why not.
//
// Bytes come in portions of any size; the outcome does not depend on how they are cut. The format is told from the
// header. One bad row never stops the file: it is reported and counted, and the rest goes on. A row is taken whole or
// refused whole. Memory is bounded by one row (kRowBytesMax) whatever the file. Back pressure is the caller's: the
// visitor is called from within Feed, and no further byte is read until it returns. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"
#include "operator-cli/import/competence_table.h"
#include "operator-cli/import/import_format.h"
#include "operator-cli/import/imported_record.h"

namespace passport {

// Hears of each row once, in the order of the file.
class ImportVisitor {
 public:
  virtual ~ImportVisitor() = default;
  virtual void OnRecord(ImportedRecord record) = 0;
  virtual void OnRowFault(RowFault fault) = 0;
};

struct ImportProgress {
  std::uint64_t bytes_read = 0;
  std::uint64_t rows_read = 0;     // without the header and empty rows
  std::uint64_t rows_refused = 0;  // of rows_read
  std::uint64_t records = 0;       // a row may hold several
};

class ImportReader {
 public:
  // `competences` and `visitor` must outlive the reader. Facts dated after `today` are refused.
  ImportReader(const CompetenceTable& competences, CivilDay today, ImportVisitor& visitor);
  ~ImportReader();
  ImportReader(ImportReader&&) noexcept;
  ImportReader& operator=(ImportReader&&) noexcept;

  // Takes the next bytes. Fails when the file as a whole is refused, and then again at every further call: kFileHeader
  // (the columns are not those of a format), kFileEncoding (the header is not UTF-8), kRowTooLong (the header has no
  // end).
  Result<void> Feed(std::string_view bytes);
  // No more bytes. A quote that was never closed is a fault of the row it opened in. Fails as Feed, and with
  // kFileHeader when the file was empty.
  Result<void> Finish();

  // Nothing until the header was read.
  std::optional<ImportFormat> format() const;
  ImportProgress progress() const;
  // Memory held for rows at this moment; stays under five times kRowBytesMax.
  std::size_t buffered_bytes() const;

 private:
  class Rows;
  std::unique_ptr<Rows> rows_;
};

}  // namespace passport
