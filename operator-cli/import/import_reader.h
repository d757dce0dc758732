// Reads an employer's file as it arrives and says, row by row, what it holds or why not.
//
// Bytes come in portions of any size; the outcome does not depend on how they are cut. The format is told from the
// header, the encoding from the first byte that is not ASCII (file_encoding.h). One bad row never stops the file: it is
// reported and counted, and the rest goes on. A row is taken whole or refused whole. Memory is bounded whatever the
// file: kReaderBytesMax for rows, and PeopleSeen for the people whose dates of birth are compared. Back pressure is the
// caller's: the visitor is called from within Feed, and no further byte is read until it returns. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"
#include "operator-cli/import/competence_table.h"
#include "operator-cli/import/csv_rows.h"
#include "operator-cli/import/file_encoding.h"
#include "operator-cli/import/import_format.h"
#include "operator-cli/import/import_terms.h"
#include "operator-cli/import/imported_record.h"

namespace passport {

inline constexpr std::size_t kReaderBytesMax = 10 * kRowBytesMax;

// A row as it stands in the file: to write it back (result_file.h).
struct SourceRow {
  enum class Kind : std::uint8_t {
    kHeader,
    kFilled,
    kBlank,    // nothing but commas, spaces and quotes; has no outcome
    kTooLong,  // text is empty: a row of that length is not held
  };
  Kind kind;
  std::uint64_t line;     // where it begins
  std::string_view text;  // in UTF-8, without line end and result columns; valid during the call only
  bool ended_by_cr;       // CR or CRLF
};

// Hears of each row once, in the order of the file: OnRow, then what became of it. Of a file whose header is refused it
// hears nothing.
class ImportVisitor {
 public:
  virtual ~ImportVisitor() = default;
  virtual void OnRow(const SourceRow&) {}
  virtual void OnRecord(ImportedRecord record) = 0;
  virtual void OnRowFault(RowFault fault) = 0;
};

struct ImportProgress {
  std::uint64_t bytes_read = 0;
  std::uint64_t rows_read = 0;            // without the header and empty rows
  std::uint64_t rows_refused = 0;         // of rows_read
  std::uint64_t records = 0;              // a row may hold several
  std::uint64_t people_not_compared = 0;  // rows whose date of birth was not compared: more people than kPeopleMax
};

class ImportReader {
 public:
  // `competences` and `visitor` must outlive the reader.
  ImportReader(const CompetenceTable& competences, const ImportTerms& terms, ImportVisitor& visitor);
  ~ImportReader();
  ImportReader(ImportReader&&) noexcept;
  ImportReader& operator=(ImportReader&&) noexcept;

  // Takes the next bytes. Fails when the file as a whole is refused, and then again at every further call: kFileHeader
  // (the columns are not those of a format), kFileEncoding (UTF-16, or a header that is neither UTF-8 nor
  // Windows-1252), kRowFields (a quote of the header is never closed or stands inside a field), kRowTooLong (the header
  // has no end).
  Result<void> Feed(std::string_view bytes);
  // No more bytes. A quote that was never closed is a fault of the row it opened in. Fails as Feed, and with
  // kFileHeader when the file was empty.
  Result<void> Finish();

  // Nothing until the header was read.
  std::optional<ImportFormat> format() const;
  // As known so far; can change from ascii to another once.
  const FileEncoding& encoding() const;
  ImportProgress progress() const;
  // Memory held for rows at this moment; stays under kReaderBytesMax.
  std::size_t buffered_bytes() const;
  // Memory held to compare dates of birth.
  std::size_t people_bytes() const;

 private:
  class Rows;
  std::unique_ptr<Rows> rows_;
};

}  // namespace passport
