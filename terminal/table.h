// Rows in columns, for people.
#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace passport {

// Cells are made plain; columns are as wide as their widest cell, two spaces apart, nothing after the last one. A table
// without rows prints nothing.
class Table {
 public:
  explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}
  // As many cells as there are headings.
  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  void Print(std::ostream& out) const { Print(out, {}); }
  // `paint` gives a cell as it is to be written: in colour, without taking another width. Not called for headings.
  using Paint = std::function<std::string(std::size_t column, std::string_view cell)>;
  void Print(std::ostream& out, const Paint& paint) const;

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace passport
