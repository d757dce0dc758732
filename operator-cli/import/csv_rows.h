// Cuts a stream of bytes into the rows of a comma-separated file (RFC 4180), however the bytes are portioned.
//
// Holds at most one row of kRowBytesMax bytes; a longer row is skipped to its end without being held. A line break
// inside quotes belongs to its row; LF, CRLF and CR end a row; empty lines are passed over. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace passport {

inline constexpr std::size_t kRowBytesMax = 64U * 1024U;

struct RawRow {
  std::uint64_t line;             // where the row begins; the first line is 1
  std::uint64_t offset_bytes;     // of its first byte in the file
  std::string_view bytes;         // without the line end; empty when too long; valid during the call only
  bool too_long;                  // more than kRowBytesMax bytes
  std::uint64_t open_quote_line;  // where a quote opened that is never closed, else 0; only on the last row
  bool ended_by_cr;               // CR or CRLF, not LF nor the end of the file
};

class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void OnRow(const RawRow& row) = 0;
};

class CsvRows {
 public:
  // Hands every row that ends within `bytes` to the sink.
  void Feed(std::string_view bytes, RowSink& sink);
  // No more bytes: hands over the last row if it had no line end.
  void Finish(RowSink& sink);

  std::uint64_t bytes_read() const { return offset_; }
  // The row that is being read has passed kRowBytesMax already.
  bool row_too_long() const { return too_long_; }
  // Memory held at this moment.
  std::size_t buffered_bytes() const { return held_.capacity(); }

 private:
  enum class Place : std::uint8_t { kFieldStart, kPlain, kQuoted, kQuoteInQuoted };

  // Moves over one byte. True when it ends the row.
  bool Step(char byte);
  void Hold(std::string_view part);
  void EndRow(std::string_view last_part, bool ended_by_cr, RowSink& sink);

  Place place_ = Place::kFieldStart;
  bool after_cr_ = false;
  bool too_long_ = false;
  bool row_begun_ = false;
  std::uint64_t line_ = 1;
  std::uint64_t offset_ = 0;
  std::uint64_t row_line_ = 1;
  std::uint64_t row_offset_ = 0;
  std::uint64_t quote_line_ = 0;
  std::string held_;
};

}  // namespace passport
