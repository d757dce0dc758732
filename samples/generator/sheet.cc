#include "samples/generator/sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace passport {

std::string SheetLine(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line.push_back(',');
    if (cells[i].find_first_of(",\"\r\n") == std::string::npos) {
      line.append(cells[i]);
      continue;
    }
    line.push_back('"');
    for (const char c : cells[i]) {
      if (c == '"') line.push_back('"');
      line.push_back(c);
    }
    line.push_back('"');
  }
  return line;
}

void WriteSheet(const std::vector<std::string>& header, const std::vector<SheetRow>& rows, const SheetStyle& style,
                SampleFile& file) {
  file.content = style.byte_order_mark ? "\xEF\xBB\xBF" : "";
  file.content.append(SheetLine(header)).append(style.end_of_line);
  std::uint64_t line = 2;
  for (const SheetRow& row : rows) {
    const std::string text = SheetLine(row.cells);
    file.content.append(text).append(style.end_of_line);
    if (row.reason.empty()) {
      ++file.rows_good;
      file.records += row.records;
    } else {
      file.bad_rows.push_back({.line = line, .reason = row.reason, .column = row.column, .about = row.about});
    }
    line += 1U + static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  }
}

void Scatter(std::vector<SheetRow> bad, Dice& dice, std::vector<SheetRow>& rows) {
  for (SheetRow& row : bad) {
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(dice.Below(rows.size() + 1U)), std::move(row));
  }
}

std::size_t BadRowsFor(std::size_t good_rows) { return std::max<std::size_t>(2, (good_rows + 25U) / 50U); }

std::string EsrDay(CivilDay day) {
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string iso = day.Text();
  return iso.substr(8, 2) + "-" + std::string(kMonths[static_cast<std::size_t>(day.month() - 1)]) + "-" +
         iso.substr(0, 4);
}

}  // namespace passport
