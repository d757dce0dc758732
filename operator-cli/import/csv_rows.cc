#include "operator-cli/import/csv_rows.h"

namespace passport {

bool CsvRows::Step(char byte) {
  const bool line_break = byte == '\n' || byte == '\r';
  if (line_break && !(byte == '\n' && after_cr_)) ++line_;
  after_cr_ = byte == '\r';
  switch (place_) {
    case Place::kQuoted:
      if (byte == '"') place_ = Place::kQuoteInQuoted;
      return false;
    case Place::kFieldStart:
      if (line_break) return true;
      if (byte == '"') {
        place_ = Place::kQuoted;
        quote_line_ = line_;
      } else if (byte != ',' && byte != ' ' && byte != '\t') {
        place_ = Place::kPlain;
      }
      return false;
    case Place::kQuoteInQuoted:
      if (line_break) return true;
      place_ = byte == '"' ? Place::kQuoted : (byte == ',' ? Place::kFieldStart : Place::kPlain);
      return false;
    case Place::kPlain:
      if (byte == ',') place_ = Place::kFieldStart;
      return line_break;
  }
  return false;
}

void CsvRows::Feed(std::string_view bytes, RowSink& sink) {
  std::size_t begin = 0;  // of the part of this row that lies in `bytes`
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (!row_begun_) {
      row_line_ = line_;
      row_offset_ = offset_ + i;
    }
    const bool ended = Step(bytes[i]);
    if (ended && !row_begun_) {  // an empty line, or the LF of a CRLF
      begin = i + 1;
      continue;
    }
    row_begun_ = true;
    if (!ended) continue;
    EndRow(bytes.substr(begin, i - begin), bytes[i] == '\r', sink);
    begin = i + 1;
  }
  Hold(bytes.substr(begin));
  offset_ += bytes.size();
}

void CsvRows::Finish(RowSink& sink) {
  if (row_begun_) EndRow({}, false, sink);
}

void CsvRows::Hold(std::string_view part) {
  if (too_long_) return;
  if (held_.size() + part.size() > kRowBytesMax) {
    too_long_ = true;
    held_.clear();
    return;
  }
  held_.append(part);
}

void CsvRows::EndRow(std::string_view last_part, bool ended_by_cr, RowSink& sink) {
  std::string_view row = last_part;  // a row that lies in one portion is not copied
  if (!held_.empty() || too_long_ || last_part.size() > kRowBytesMax) {
    Hold(last_part);
    row = held_;
  }
  sink.OnRow({.line = row_line_,
              .offset_bytes = row_offset_,
              .bytes = row,
              .too_long = too_long_,
              .open_quote_line = place_ == Place::kQuoted ? quote_line_ : 0,
              .ended_by_cr = ended_by_cr});
  held_.clear();
  too_long_ = false;
  row_begun_ = false;
  place_ = Place::kFieldStart;
}

}  // namespace passport
