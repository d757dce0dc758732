#include "operator-cli/import/field_marks.h"

#include <cstdint>

namespace passport {
namespace {

enum class Place : std::uint8_t { kFieldStart, kPlain, kQuoted, kQuoteInQuoted };

Place After(Place place, char c) {
  switch (place) {
    case Place::kQuoted:
      return c == '"' ? Place::kQuoteInQuoted : Place::kQuoted;
    case Place::kQuoteInQuoted:
      if (c == '"') return Place::kQuoted;
      return c == ',' ? Place::kFieldStart : Place::kPlain;
    case Place::kFieldStart:
      if (c == '"') return Place::kQuoted;
      return c == ',' || c == ' ' || c == '\t' ? Place::kFieldStart : Place::kPlain;
    case Place::kPlain:
      return c == ',' ? Place::kFieldStart : Place::kPlain;
  }
  return place;
}

}  // namespace

FieldMarks MarkFields(std::string_view row, std::size_t kept) {
  FieldMarks marks{.count = 1, .kept_end = row.size(), .open_quote = false};
  Place place = Place::kFieldStart;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == ',' && place != Place::kQuoted) {
      if (marks.count == kept) marks.kept_end = i;
      ++marks.count;
    }
    place = After(place, row[i]);
  }
  marks.open_quote = place == Place::kQuoted;
  return marks;
}

}  // namespace passport
