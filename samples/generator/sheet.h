// Writes a comma-separated sheet, keeping count of its rows and lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "samples/generator/dice.h"
#include "samples/generator/world.h"

namespace passport {

struct SheetStyle {
  bool byte_order_mark;
  std::string_view end_of_line;
};

struct SheetRow {
  std::vector<std::string> cells;
  std::size_t records = 0;  // what it holds when it is good
  // Set on a bad row.
  std::string reason;
  std::string column;
  std::string about;
};

// One row as a line of text without its end; cells with a comma, quote or line break are quoted.
std::string SheetLine(const std::vector<std::string>& cells);

// Fills content, rows_good, records and bad_rows of the file.
void WriteSheet(const std::vector<std::string>& header, const std::vector<SheetRow>& rows, const SheetStyle& style,
                SampleFile& file);

// Puts bad rows between the good ones, at places the dice choose.
void Scatter(std::vector<SheetRow> bad, Dice& dice, std::vector<SheetRow>& rows);

// How many bad rows a sheet of so many good ones gets: two in a hundred, at least two.
std::size_t BadRowsFor(std::size_t good_rows);

// "30-Nov-2028".
std::string EsrDay(CivilDay day);

}  // namespace passport
