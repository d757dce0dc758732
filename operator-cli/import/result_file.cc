#include "operator-cli/import/result_file.h"

#include <algorithm>

#include "operator-cli/import/field_marks.h"

namespace passport {
namespace {

constexpr std::string_view kResultByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kRunBySpreadsheets = "=+-@\t\r";

// Quoted when it must be, and never the beginning of a formula.
void AppendOurs(std::string_view field, std::string& text) {
  text.push_back(',');
  std::string safe(field);
  if (!safe.empty() && kRunBySpreadsheets.find(safe.front()) != std::string_view::npos) safe.insert(0, "note: ");
  if (safe.find_first_of(",\"\r\n") == std::string::npos) {
    text.append(safe);
    return;
  }
  text.push_back('"');
  for (const char c : safe) text.append(c == '"' ? 2U : 1U, c);
  text.push_back('"');
}

// Line breaks within quotes, as CsvRows counts lines: LF, CRLF and CR are one each.
std::uint64_t LineBreaks(std::string_view text) {
  std::uint64_t breaks = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) ++breaks;
  }
  return breaks;
}

}  // namespace

Result<void> ResultFile::Header(const SourceRow& header, const FileEncoding& encoding) {
  columns_ = MarkFields(header.text, 1).count;
  line_end_ = header.ended_by_cr ? "\r\n" : "\n";
  if (encoding.byte_order_mark || encoding.encoding == TextEncoding::kWindows1252) TRY(write_(kResultByteOrderMark));
  return Put(header, {kResultColumns[0], kResultColumns[1], kResultColumns[2]});
}

Result<void> ResultFile::Row(const SourceRow& row, const RowResult& result) { return Put(row, result); }

Result<void> ResultFile::Blank(const SourceRow& row) { return Put(row, {}); }

void ResultFile::EmptyLinesBefore(std::uint64_t line, std::string& text) {
  for (; next_line_ < line; ++next_line_) text.append(line_end_);
}

Result<void> ResultFile::Put(const SourceRow& row, const RowResult& result) {
  std::string text;
  while (next_line_ < row.line) {
    EmptyLinesBefore(std::min(row.line, next_line_ + kRowBytesMax), text);
    TRY(write_(text));
    text.clear();
  }
  text.append(row.text);
  const FieldMarks marks = MarkFields(row.text, 1);
  if (marks.open_quote) text.push_back('"');
  if (marks.count < columns_) text.append(columns_ - marks.count, ',');
  for (const std::string_view ours : {result.result, result.detail, result.what_to_do}) AppendOurs(ours, text);
  text.append(line_end_);
  next_line_ += LineBreaks(row.text) + 1;
  return write_(text);
}

}  // namespace passport
