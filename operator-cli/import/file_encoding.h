// In which encoding a file is written, decided once, at its first byte that is not ASCII, and how that was known.
//
// Until such a byte nothing has to be decided. A row with one decides for the file: well-formed UTF-8 is UTF-8,
// anything else is Windows-1252, which spreadsheets of this country save by default. A byte order mark decides from the
// start. After that nothing changes: a row in the other encoding is refused, because a file that was put together from
// two would otherwise spoil names in silence. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "operator-cli/import/csv_rows.h"

namespace passport {

enum class TextEncoding : std::uint8_t { kAscii, kUtf8, kWindows1252 };

// "ascii", "utf-8", "windows-1252"; stable.
std::string_view WordOf(TextEncoding encoding);

struct FileEncoding {
  TextEncoding encoding = TextEncoding::kAscii;  // kAscii: no other byte so far
  bool byte_order_mark = false;
  std::uint64_t decided_on_line = 0;  // where the row begins that decided; 0 while nothing did
};

// "utf-8, by its byte order mark", "windows-1252, by line 17", "ascii".
std::string Describe(const FileEncoding& encoding);

class RowDecoder {
 public:
  void OnByteOrderMark() { found_ = {TextEncoding::kUtf8, true, 1}; }

  // The row as UTF-8, valid until the next call and as long as the row is. Fails with kFileEncoding, naming the byte
  // offset: the row is in the other encoding, or holds a byte that Windows-1252 does not define (81 8D 8F 90 9D). Fails
  // with kRowTooLong when the row is longer than kRowBytesMax in UTF-8.
  Result<std::string_view> Decode(const RawRow& row);
  // The row as UTF-8 whatever it holds, U+FFFD for what has no meaning: to show it again, never to sign it. Valid until
  // the next call of either.
  std::string_view Readable(std::string_view bytes);

  const FileEncoding& found() const { return found_; }
  std::size_t buffered_bytes() const { return text_.capacity(); }

 private:
  FileEncoding found_;
  std::string text_;
};

}  // namespace passport
