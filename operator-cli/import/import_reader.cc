#include "operator-cli/import/import_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "credential/crypto/sha256.h"
#include "operator-cli/import/csv_fields.h"
#include "operator-cli/import/csv_rows.h"
#include "operator-cli/import/format_rows.h"
#include "operator-cli/import/row_cells.h"
#include "operator-cli/import/utf8.h"

namespace passport {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string Hex(const Digest& digest) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(digest.size() * 2U);
  for (const std::uint8_t byte : digest) {
    hex.push_back(kDigits[byte >> 4U]);
    hex.push_back(kDigits[byte & 0x0FU]);
  }
  return hex;
}

std::string RequestKey(ImportFormat format, std::string_view kind, const RawRow& row) {
  std::string content = "passport import row\n";
  content.append(WordOf(format)).append("\n").append(kind).append("\n");
  content.append(row.bytes);
  return Hex(Sha256(std::string_view(content)));
}

Fault NotUtf8(std::uint64_t offset_bytes) {
  return {Reason::kFileEncoding, "", "not UTF-8 at byte offset " + std::to_string(offset_bytes) + " of the file"};
}

Fault TooLong(const RawRow& row) {
  std::string detail = "the row is longer than " + std::to_string(kRowBytesMax) + " bytes";
  if (row.open_quote_line != 0) {
    detail.append("; a quote opened on line ").append(std::to_string(row.open_quote_line)).append(" is never closed");
  }
  return {Reason::kRowTooLong, "", std::move(detail)};
}

Fault TooLongHeader() {
  return {Reason::kRowTooLong, "", "the header is longer than " + std::to_string(kRowBytesMax) + " bytes"};
}

bool IsBlank(const CsvFields& row) {
  return std::all_of(row.fields().begin(), row.fields().end(), [](const std::string& field) { return field.empty(); });
}

// Nothing but commas, spaces and line ends: what spreadsheets leave behind the last row.
bool IsBlank(std::string_view row) { return row.find_first_not_of(", \t") == std::string_view::npos; }

}  // namespace

class ImportReader::Rows : public RowSink {
 public:
  Rows(const CompetenceTable& competences, CivilDay today, ImportVisitor& visitor)
      : competences_(competences), today_(today), visitor_(visitor) {}

  Result<void> Feed(std::string_view bytes) {
    if (refused_) return *refused_;
    rows_.Feed(bytes, *this);
    if (!refused_ && !layout_ && rows_.row_too_long()) refused_ = TooLongHeader();
    return WholeFile();
  }
  Result<void> Finish() {
    if (refused_) return *refused_;
    rows_.Finish(*this);
    if (!refused_ && !layout_) refused_ = Fault{Reason::kFileHeader, "", "the file is empty"};
    return WholeFile();
  }

  void OnRow(const RawRow& row) override {
    if (refused_) return;
    if (!layout_) {
      auto header = ReadHeader(row);
      if (!header.ok()) refused_ = std::move(header).fault();
      return;
    }
    if (!row.too_long && IsBlank(row.bytes)) return;
    std::string_view column;
    auto records = ReadRow(row, column);
    if (records.ok() && records->empty()) return;  // blank after all: quotes around nothing
    ++progress_.rows_read;
    if (!records.ok()) {
      ++progress_.rows_refused;
      const bool cut = row.open_quote_line != 0 && !row.too_long;
      visitor_.OnRowFault({.line = cut ? row.open_quote_line : row.line,
                           .column = std::string(column),
                           .fault = std::move(records).fault()});
      return;
    }
    for (ImportedRecord& record : *records) {
      record.line = row.line;
      record.request_key = RequestKey(layout_->format, record.kind, row);
      ++progress_.records;
      visitor_.OnRecord(std::move(record));
    }
  }

  const std::optional<FileLayout>& layout() const { return layout_; }
  ImportProgress progress() const {
    ImportProgress progress = progress_;
    progress.bytes_read = rows_.bytes_read();
    return progress;
  }
  std::size_t buffered_bytes() const { return rows_.buffered_bytes() + fields_.buffered_bytes(); }

 private:
  Result<void> WholeFile() const {
    if (refused_) return *refused_;
    return {};
  }

  // Checks that hold for every row, and takes it apart.
  Result<void> Take(const RawRow& row) {
    if (row.too_long) return TooLong(row);
    if (const auto bad = FirstByteNotUtf8(row.bytes)) return NotUtf8(row.offset_bytes + *bad);
    if (row.open_quote_line != 0) {
      return Fault{Reason::kRowFields, "",
                   "a quote opened on this line is never closed; the file may have been cut short"};
    }
    if (!fields_.Parse(row.bytes)) {
      return Fault{Reason::kRowFields, "", "a quote stands inside a field; it must be doubled, and the field quoted"};
    }
    return {};
  }

  Result<void> ReadHeader(RawRow row) {
    if (row.bytes.starts_with(kByteOrderMark)) {
      row.bytes.remove_prefix(kByteOrderMark.size());
      row.offset_bytes += kByteOrderMark.size();
    }
    TRY(Take(row));
    if (fields_.count() > kFieldsMax) return Fault{Reason::kFileHeader, "", "the header has more than 200 columns"};
    TRY_ASSIGN(layout_, RecogniseHeader(fields_.fields()));
    columns_in_file_ = fields_.count();
    return {};
  }

  // No records when the row is blank.
  Result<std::vector<ImportedRecord>> ReadRow(const RawRow& row, std::string_view& column) {
    TRY(Take(row));
    if (fields_.count() <= kFieldsMax && IsBlank(fields_)) return std::vector<ImportedRecord>();
    if (fields_.count() != columns_in_file_) {
      return Fault{
          Reason::kRowFields, "",
          "the row has " + std::to_string(fields_.count()) + " fields, the header " + std::to_string(columns_in_file_)};
    }
    RowCells cells(*layout_, fields_.fields(), today_);
    auto records = ReadCells(cells);
    column = cells.blamed();
    return records;
  }

  Result<std::vector<ImportedRecord>> ReadCells(RowCells& cells) const {
    switch (layout_->format) {
      case ImportFormat::kEsrCompetence:
        return ReadEsrCompetenceRow(cells, competences_);
      case ImportFormat::kHrCsv:
        return ReadHrRow(cells);
      case ImportFormat::kCareHomeCsv:
        return ReadCareHomeRow(cells, competences_);
    }
    return Fault{Reason::kFileHeader, "", "no format"};
  }

  const CompetenceTable& competences_;
  CivilDay today_;
  ImportVisitor& visitor_;
  CsvRows rows_;
  CsvFields fields_;
  std::optional<FileLayout> layout_;
  std::size_t columns_in_file_ = 0;
  std::optional<Fault> refused_;
  ImportProgress progress_;
};

ImportReader::ImportReader(const CompetenceTable& competences, CivilDay today, ImportVisitor& visitor)
    : rows_(std::make_unique<Rows>(competences, today, visitor)) {}
ImportReader::~ImportReader() = default;
ImportReader::ImportReader(ImportReader&&) noexcept = default;
ImportReader& ImportReader::operator=(ImportReader&&) noexcept = default;

Result<void> ImportReader::Feed(std::string_view bytes) { return rows_->Feed(bytes); }
Result<void> ImportReader::Finish() { return rows_->Finish(); }

std::optional<ImportFormat> ImportReader::format() const {
  if (!rows_->layout()) return std::nullopt;
  return rows_->layout()->format;
}
ImportProgress ImportReader::progress() const { return rows_->progress(); }
std::size_t ImportReader::buffered_bytes() const { return rows_->buffered_bytes(); }

}  // namespace passport
