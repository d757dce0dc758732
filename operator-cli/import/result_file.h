// Writes an employer's file back with three columns at its end: what became of each row, why, and what to do.
//
// The sender's own cells stand as they stood, quotes and formulas included; ours never begin with = + - @, which a
// spreadsheet would run. Line numbers stay, because empty lines are written too. What changes: the encoding is UTF-8,
// with a byte order mark when the file had one or was Windows-1252 (a spreadsheet would else read it wrong); rows end
// as the header does, LF or CRLF; fields that a row lacks are added empty; a quote that is never closed is closed; a
// row too long to be held is an empty row that says so. The file can be corrected and imported as it is: the reader
// passes over the three columns. Holds no more than the row. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "operator-cli/import/file_encoding.h"
#include "operator-cli/import/import_reader.h"

namespace passport {

// What became of one row. Texts of ours, without a person's data.
struct RowResult {
  std::string_view result;      // "new", "changed", "unchanged", "refused", ...
  std::string_view detail;      // why, or empty
  std::string_view what_to_do;  // or empty
};

class ResultFile {
 public:
  // Takes the next bytes of the file to be written; what it fails with, the call that wrote fails with.
  using Write = std::function<Result<void>(std::string_view bytes)>;
  explicit ResultFile(Write write) : write_(std::move(write)) {}

  // First, with what the reader found out about the encoding when it had read the whole file: a mark stands at the
  // beginning.
  Result<void> Header(const SourceRow& header, const FileEncoding& encoding);
  // Every other row in the order of the file. A blank row takes no result: say Blank.
  Result<void> Row(const SourceRow& row, const RowResult& result);
  Result<void> Blank(const SourceRow& row);

 private:
  Result<void> Put(const SourceRow& row, const RowResult& result);
  void EmptyLinesBefore(std::uint64_t line, std::string& text);

  Write write_;
  std::size_t columns_ = 0;  // of the sender
  std::string_view line_end_ = "\n";
  std::uint64_t next_line_ = 1;  // the one that will be written next
};

}  // namespace passport
