#include "terminal/table.h"

#include <algorithm>
#include <cassert>

#include "terminal/plain_text.h"

namespace passport {
namespace {

void PrintRow(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths, const Table::Paint& paint,
              std::ostream& out) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += paint && !cells[i].empty() ? paint(i, cells[i]) : cells[i];
    line.append(widths[i] - WidthOf(cells[i]) + 2, ' ');
  }
  line.resize(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

}  // namespace

void Table::Add(std::vector<std::string> cells) {
  assert(cells.size() == headings_.size());
  for (std::string& cell : cells) cell = Plain(cell);
  rows_.push_back(std::move(cells));
}

void Table::Print(std::ostream& out, const Paint& paint) const {
  if (rows_.empty()) return;
  std::vector<std::size_t> widths;
  for (const std::string& heading : headings_) widths.push_back(WidthOf(heading));
  for (const std::vector<std::string>& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], WidthOf(row[i]));
  }
  PrintRow(headings_, widths, {}, out);
  for (const std::vector<std::string>& row : rows_) PrintRow(row, widths, paint, out);
}

}  // namespace passport
