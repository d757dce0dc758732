// Rows in columns, for people.
#pragma once

#include <ostream>
#include <string>
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
  void Print(std::ostream& out) const;

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace passport
