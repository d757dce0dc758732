#include "operator-cli/import/import_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "credential/crypto/sha256.h"
#include "operator-cli/import/csv_fields.h"
#include "operator-cli/import/field_marks.h"
#include "operator-cli/import/format_rows.h"
#include "operator-cli/import/people_seen.h"
#include "operator-cli/import/row_cells.h"

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

std::string RequestKey(ImportFormat format, std::string_view kind, std::string_view row) {
  std::string content = "passport import row\n";
  content.append(WordOf(format)).append("\n").append(kind).append("\n");
  content.append(row);
  return Hex(Sha256(std::string_view(content)));
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

// The marks of UTF-16, or its zero bytes without a mark.
bool LooksLikeUtf16(std::string_view header) {
  return header.starts_with("\xFF\xFE") || header.starts_with("\xFE\xFF") ||
         header.find('\0') != std::string_view::npos;
}

// Within the file one text is one person's: the first number the row bears.
std::string PersonOf(const RowFacts& facts) {
  const MatchKey& key = facts.keys.front();
  return std::string(WordOf(key.kind)) + " " + key.value;
}

}  // namespace

class ImportReader::Rows : public RowSink {
 public:
  Rows(const CompetenceTable& competences, const ImportTerms& terms, ImportVisitor& visitor)
      : competences_(competences), terms_(terms), visitor_(visitor), people_(terms.salt) {}

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
    Outcome outcome;
    Result<void> read = ReadRow(row, outcome);
    ShowRow(row, outcome);
    if (outcome.blank) return;
    ++progress_.rows_read;
    if (!read.ok()) {
      Refuse(row, outcome, std::move(read).fault());
    } else {
      HandOver(row, outcome);
    }
  }

  const std::optional<FileLayout>& layout() const { return layout_; }
  const FileEncoding& encoding() const { return decoder_.found(); }
  ImportProgress progress() const {
    ImportProgress progress = progress_;
    progress.bytes_read = rows_.bytes_read();
    return progress;
  }
  std::size_t buffered_bytes() const {
    return rows_.buffered_bytes() + fields_.buffered_bytes() + decoder_.buffered_bytes();
  }
  std::size_t people_bytes() const { return people_.buffered_bytes(); }

 private:
  struct Outcome {
    bool blank = false;
    std::string_view text;  // the row in UTF-8; empty when it could not be decoded
    RowFacts facts;
    std::string_view column;  // what was wrong
    ValueClass value_class = ValueClass::kWholeRow;
    std::uint64_t other_line = 0;
  };

  Result<void> WholeFile() const {
    if (refused_) return *refused_;
    return {};
  }

  // Checks that hold for every row, and takes it apart.
  Result<void> Take(const RawRow& row, std::string_view& text) {
    if (row.too_long) return TooLong(row);
    TRY_ASSIGN(text, decoder_.Decode(row));
    if (row.open_quote_line != 0) {
      return Fault{Reason::kRowFields, "",
                   "a quote opened on this line is never closed; the file may have been cut short"};
    }
    if (!fields_.Parse(text)) {
      return Fault{Reason::kRowFields, "", "a quote stands inside a field; it must be doubled, and the field quoted"};
    }
    return {};
  }

  Result<void> ReadHeader(RawRow row) {
    if (row.too_long) return TooLongHeader();
    if (LooksLikeUtf16(row.bytes)) {
      return Fault{Reason::kFileEncoding, "",
                   "UTF-16 at byte offset 0 of the file, as spreadsheets save \"Unicode text\"; save it as CSV UTF-8"};
    }
    if (row.bytes.starts_with(kByteOrderMark)) {
      row.bytes.remove_prefix(kByteOrderMark.size());
      row.offset_bytes += kByteOrderMark.size();
      decoder_.OnByteOrderMark();
    }
    std::string_view text;
    TRY(Take(row, text));
    if (fields_.count() > kFieldsMax) return Fault{Reason::kFileHeader, "", "the header has more than 200 columns"};
    TRY_ASSIGN(layout_, RecogniseHeader(fields_.fields()));
    visitor_.OnRow(
        {.kind = SourceRow::Kind::kHeader, .line = row.line, .text = OwnText(text), .ended_by_cr = row.ended_by_cr});
    return {};
  }

  // The row without the result columns of an earlier import.
  std::string_view OwnText(std::string_view text) const { return FirstFields(text, layout_->own_columns); }
  // The row as far as its columns have names: what makes it the same row again.
  std::string_view NamedText(std::string_view text) const { return FirstFields(text, layout_->named_columns); }
  std::string_view FirstFields(std::string_view text, std::size_t kept) const {
    return kept == layout_->columns ? text : text.substr(0, MarkFields(text, kept).kept_end);
  }

  Result<void> ReadRow(const RawRow& row, Outcome& outcome) {
    outcome.blank = !row.too_long && IsBlank(row.bytes);
    if (outcome.blank) return {};
    TRY(Take(row, outcome.text));
    outcome.blank = fields_.count() <= kFieldsMax && IsBlank(fields_);
    if (outcome.blank) return {};
    TRY(CheckWidth());
    RowCells cells(*layout_, fields_.fields(), terms_.today, DayFormsOf(layout_->format));
    auto facts = ReadCells(cells);
    Result<void> agreed;
    if (facts.ok()) agreed = CompareBirthDate(row.line, cells, *facts, outcome);
    outcome.column = cells.blamed();
    outcome.value_class = cells.blamed_class();
    if (!facts.ok()) return std::move(facts).fault();
    outcome.facts = std::move(facts).value();
    return agreed;
  }

  // As many fields as the header has; the empty ones at its end may be left out, and hold nothing.
  Result<void> CheckWidth() const {
    const std::size_t least = layout_->named_columns;
    if (fields_.count() < least || fields_.count() > layout_->columns) {
      return Fault{
          Reason::kRowFields, "",
          "the row has " + std::to_string(fields_.count()) + " fields, the header " + std::to_string(layout_->columns)};
    }
    for (std::size_t i = least; i < std::min(layout_->own_columns, fields_.fields().size()); ++i) {
      if (fields_.fields()[i].empty()) continue;
      return Fault{Reason::kRowFields, "",
                   "something stands in column " + std::to_string(i + 1) + ", which has no name"};
    }
    return {};
  }

  Result<RowFacts> ReadCells(RowCells& cells) const {
    switch (layout_->format) {
      case ImportFormat::kEsrCompetence:
        return ReadEsrCompetenceRow(cells, competences_, terms_);
      case ImportFormat::kHrCsv:
        return ReadHrRow(cells, terms_);
      case ImportFormat::kCareHomeCsv:
        return ReadCareHomeRow(cells, competences_, terms_);
      case ImportFormat::kLearningCsv:
        return ReadLearningRow(cells, competences_, terms_);
    }
    return Fault{Reason::kFileHeader, "", "no format"};
  }

  // Two dates of birth of one number are two people or one mistake.
  Result<void> CompareBirthDate(std::uint64_t line, RowCells& cells, const RowFacts& facts, Outcome& outcome) {
    if (!facts.born_on || facts.keys.front().kind == MatchKeyKind::kNameAndBirthDate) return {};
    const PeopleSeen::Answer answer = people_.Compare(PersonOf(facts), *facts.born_on, line);
    switch (answer.seen) {
      case PeopleSeen::Seen::kAgrees:
        return {};
      case PeopleSeen::Seen::kNotCompared:
        ++progress_.people_not_compared;
        return {};
      case PeopleSeen::Seen::kDisagrees:
        outcome.other_line = answer.line;
        return cells.Blame(facts.born_on_column,
                           "the same person has another date of birth on line " + std::to_string(answer.line),
                           ValueClass::kOtherBirthDate, Reason::kPersonConflict);
    }
    return {};
  }

  void ShowRow(const RawRow& row, const Outcome& outcome) {
    using Kind = SourceRow::Kind;
    const Kind kind = row.too_long ? Kind::kTooLong : (outcome.blank ? Kind::kBlank : Kind::kFilled);
    const std::string_view text = outcome.text.empty() ? decoder_.Readable(row.bytes) : outcome.text;
    visitor_.OnRow({.kind = kind, .line = row.line, .text = OwnText(text), .ended_by_cr = row.ended_by_cr});
  }

  void Refuse(const RawRow& row, const Outcome& outcome, Fault fault) {
    ++progress_.rows_refused;
    const bool cut = row.open_quote_line != 0 && !row.too_long;
    visitor_.OnRowFault({.line = cut ? row.open_quote_line : row.line,
                         .column = std::string(outcome.column),
                         .fault = std::move(fault),
                         .value_class = outcome.value_class,
                         .other_line = outcome.other_line});
  }

  void HandOver(const RawRow& row, Outcome& outcome) {
    const std::string_view named = NamedText(outcome.text);
    RowFacts& facts = outcome.facts;
    for (ImportedRecord& record : facts.records) {
      record.line = row.line;
      record.employee_number = facts.employee_number;
      record.keys = facts.keys;
      record.request_key = RequestKey(layout_->format, record.kind, named);
      ++progress_.records;
      visitor_.OnRecord(std::move(record));
    }
  }

  const CompetenceTable& competences_;
  ImportTerms terms_;
  ImportVisitor& visitor_;
  CsvRows rows_;
  CsvFields fields_;
  RowDecoder decoder_;
  PeopleSeen people_;
  std::optional<FileLayout> layout_;
  std::optional<Fault> refused_;
  ImportProgress progress_;
};

ImportReader::ImportReader(const CompetenceTable& competences, const ImportTerms& terms, ImportVisitor& visitor)
    : rows_(std::make_unique<Rows>(competences, terms, visitor)) {}
ImportReader::~ImportReader() = default;
ImportReader::ImportReader(ImportReader&&) noexcept = default;
ImportReader& ImportReader::operator=(ImportReader&&) noexcept = default;

Result<void> ImportReader::Feed(std::string_view bytes) { return rows_->Feed(bytes); }
Result<void> ImportReader::Finish() { return rows_->Finish(); }

std::optional<ImportFormat> ImportReader::format() const {
  if (!rows_->layout()) return std::nullopt;
  return rows_->layout()->format;
}
const FileEncoding& ImportReader::encoding() const { return rows_->encoding(); }
ImportProgress ImportReader::progress() const { return rows_->progress(); }
std::size_t ImportReader::buffered_bytes() const { return rows_->buffered_bytes(); }
std::size_t ImportReader::people_bytes() const { return rows_->people_bytes(); }

}  // namespace passport
