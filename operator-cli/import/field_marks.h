// Where the fields of a row end, without taking them apart: to count or cut the row as it was written.
#pragma once

#include <cstddef>
#include <string_view>

namespace passport {

struct FieldMarks {
  std::size_t count;     // of fields; an empty row has one
  std::size_t kept_end;  // where the first `kept` fields end; the row's end if it has no more
  bool open_quote;       // a quote is never closed
};

// Reads quotes as CsvRows does. `kept` is at least 1. Any thread may call.
FieldMarks MarkFields(std::string_view row, std::size_t kept);

}  // namespace passport
