#include "operator-cli/import/competence_table.h"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "credential/encoding/utf8.h"
#include "credential/vocabulary/text_forms.h"
#include "operator-cli/import/csv_fields.h"
#include "operator-cli/import/csv_rows.h"

namespace passport {
namespace {

constexpr std::array<std::string_view, 5> kColumns = {"Competence", "Subject", "Level", "Framework", "Assessed By"};
constexpr std::size_t kLevel = 2;

// Lower case, one space for several, none at the ends.
std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (space && (folded.empty() || folded.back() == ' ')) continue;
    folded.push_back(space ? ' ' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c));
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

// "2 years", "1 year", "18 months".
bool IsPeriod(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits == 0 || digits > 3) return false;
  const std::string_view unit = text.substr(digits);
  return unit == " year" || unit == " years" || unit == " month" || unit == " months";
}

std::string WithoutPeriod(std::string title) {
  const std::size_t dash = title.rfind(" - ");
  if (dash != std::string::npos && IsPeriod(std::string_view(title).substr(dash + 3))) title.resize(dash);
  return title;
}

// "nhs|cstf|fire safety" for "NHS|CSTF|Fire Safety - 2 Years|".
std::string NormalName(std::string_view name) {
  std::string normal;
  while (true) {
    const std::size_t bar = name.find('|');
    normal.append(Folded(name.substr(0, bar)));
    if (bar == std::string_view::npos) break;
    name.remove_prefix(bar + 1);
    if (Folded(name).empty()) break;  // the final bar
    normal.push_back('|');
  }
  return WithoutPeriod(std::move(normal));
}

// 0 to 99.
bool IsLevel(std::string_view text) {
  const bool digits = !text.empty() && text.size() <= 2 && IsDigit(text.front()) && IsDigit(text.back());
  return digits && (text.size() == 1 || text.front() != '0');
}

Fault AtLine(std::uint64_t line, Reason reason, std::string_view what) {
  return {reason, "", "competence table, line " + std::to_string(line) + ": " + std::string(what)};
}

// Reads rows until the first that is wrong.
class TableReader : public RowSink {
 public:
  explicit TableReader(std::map<std::string, Competence, std::less<>>& rows) : rows_(rows) {}

  void OnRow(const RawRow& row) override {
    if (fault_) return;
    auto read = header_seen_ ? ReadRow(row) : ReadHeader(row);
    if (!read.ok()) fault_ = std::move(read).fault();
  }
  Result<void> Outcome() {
    if (!fault_ && !header_seen_) fault_ = AtLine(1, Reason::kFileHeader, "the file is empty");
    if (fault_) return *fault_;
    return {};
  }

 private:
  Result<void> Take(const RawRow& row) {
    if (row.too_long) return AtLine(row.line, Reason::kRowTooLong, "the row is too long");
    if (FirstByteNotUtf8(row.bytes)) return AtLine(row.line, Reason::kFileEncoding, "not UTF-8");
    if (!fields_.Parse(row.bytes)) return AtLine(row.line, Reason::kRowFields, "the quoting is wrong");
    if (fields_.count() != kColumns.size()) return AtLine(row.line, Reason::kRowFields, "not five fields");
    return {};
  }

  Result<void> ReadHeader(RawRow row) {
    if (row.bytes.starts_with("\xEF\xBB\xBF")) row.bytes.remove_prefix(3);
    TRY(Take(row));
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      if (fields_.fields()[i] != kColumns[i]) {
        return AtLine(row.line, Reason::kFileHeader,
                      "column " + std::to_string(i + 1) + " is not " + std::string(kColumns[i]));
      }
    }
    header_seen_ = true;
    return {};
  }

  Result<void> ReadRow(const RawRow& row) {
    TRY(Take(row));
    const auto& cells = fields_.fields();
    for (std::size_t i = 1; i < kColumns.size(); ++i) {
      if (i == kLevel ? IsLevel(cells[i]) : IsWord(cells[i])) continue;
      return AtLine(row.line, Reason::kRecordField,
                    std::string(kColumns[i]) + (i == kLevel ? " is not a number" : " is not a word of a-z, 0-9 and _"));
    }
    std::string name = NormalName(cells[0]);
    if (name.empty()) return AtLine(row.line, Reason::kRecordField, "Competence is empty");
    const bool added = rows_.try_emplace(std::move(name), Competence{cells[1], cells[2], cells[3], cells[4]}).second;
    if (!added) return AtLine(row.line, Reason::kRecordField, "the same Competence stands in an earlier row");
    return {};
  }

  std::map<std::string, Competence, std::less<>>& rows_;
  CsvFields fields_;
  bool header_seen_ = false;
  std::optional<Fault> fault_;
};

}  // namespace

Result<CompetenceTable> CompetenceTable::Parse(std::string_view file) {
  CompetenceTable table;
  TableReader reader(table.rows_);
  CsvRows rows;
  rows.Feed(file, reader);
  rows.Finish(reader);
  TRY(reader.Outcome());
  return table;
}

const Competence* CompetenceTable::Find(std::string_view competence_name) const {
  std::string name = NormalName(competence_name);
  auto found = rows_.find(name);
  if (found == rows_.end()) {
    std::size_t digits = 0;
    while (digits < name.size() && IsDigit(name[digits])) ++digits;
    if (digits == 0 || digits == name.size() || name[digits] != '|') return nullptr;
    found = rows_.find(name.replace(0, digits, "*"));
  }
  return found == rows_.end() ? nullptr : &found->second;
}

}  // namespace passport
