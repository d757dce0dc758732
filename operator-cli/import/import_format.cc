#include "operator-cli/import/import_format.h"

#include <algorithm>
#include <array>

#include "operator-cli/import/columns.h"

namespace passport {
namespace {

constexpr std::array<std::string_view, esr::kColumnCount> kEsrColumns = {
    "Employee Number", "Assignment Number", "Competency Name", "Expiry Date",
    "Date Start",      "Last Updated By",   "Title",           "VPD"};

constexpr std::array<std::string_view, hr::kColumnCount> kHrColumns = {"Employee Number",
                                                                       "Assignment Number",
                                                                       "Given Names",
                                                                       "Family Name",
                                                                       "Date of Birth",
                                                                       "Identity Checked On",
                                                                       "Identity Documents",
                                                                       "Identity Checked By",
                                                                       "Employer",
                                                                       "Position Title",
                                                                       "Staff Group",
                                                                       "Job Role",
                                                                       "Area of Work",
                                                                       "Assignment Category",
                                                                       "FTE",
                                                                       "Start Date",
                                                                       "End Date",
                                                                       "DBS Certificate Number",
                                                                       "DBS Issued On",
                                                                       "DBS Level",
                                                                       "DBS Workforce",
                                                                       "DBS Barred Adults",
                                                                       "DBS Barred Children",
                                                                       "DBS Seen On",
                                                                       "DBS Seen By",
                                                                       "DBS Decision",
                                                                       "DBS Update Service",
                                                                       "DBS Update Service Checked On",
                                                                       "Regulator",
                                                                       "Registration Number",
                                                                       "Registration Part",
                                                                       "Registration Status",
                                                                       "Registration Restrictions",
                                                                       "Register Checked On",
                                                                       "Registration Expires On"};

constexpr std::array<std::string_view, care_home::kColumnCount> kCareHomeColumns = {
    "Staff Number", "Record",       "Date",      "Ends",       "Title",      "Staff Group", "Category",      "Level",
    "Workforce",    "Barred Lists", "Reference", "Checked On", "Checked By", "Outcome",     "Update Service"};

constexpr std::array kFormats = {ImportFormat::kEsrCompetence, ImportFormat::kHrCsv, ImportFormat::kCareHomeCsv};
constexpr std::size_t kPositionsNamedMax = 20;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return Lower(x) == Lower(y); });
}

struct Match {
  FileLayout layout;
  std::size_t found = 0;
  std::string missing;  // names, separated by ", "
  std::string unknown;  // positions
  std::string twice;    // names
};

void Add(std::string_view item, std::string& list) {
  if (!list.empty()) list.append(", ");
  list.append(item);
}

Match MatchWith(ImportFormat format, const std::vector<std::string>& header) {
  Match match{.layout = {.format = format, .positions = {}}, .found = 0, .missing = "", .unknown = "", .twice = ""};
  std::vector<bool> known(header.size(), false);
  for (const std::string_view column : ColumnsOf(format)) {
    std::size_t times = 0;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (!SameName(header[i], column)) continue;
      known[i] = true;
      if (++times == 1) match.layout.positions.push_back(i);
    }
    if (times == 0) Add(column, match.missing);
    if (times > 1) Add(column, match.twice);
    if (times > 0) ++match.found;
  }
  std::size_t named = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (!known[i] && ++named <= kPositionsNamedMax) Add(std::to_string(i + 1), match.unknown);
  }
  if (named > kPositionsNamedMax) Add("and more", match.unknown);
  return match;
}

}  // namespace

std::string_view WordOf(ImportFormat format) {
  switch (format) {
    case ImportFormat::kEsrCompetence:
      return "esr_competence";
    case ImportFormat::kHrCsv:
      return "hr_csv";
    case ImportFormat::kCareHomeCsv:
      return "care_home_csv";
  }
  return {};
}

std::span<const std::string_view> ColumnsOf(ImportFormat format) {
  switch (format) {
    case ImportFormat::kEsrCompetence:
      return kEsrColumns;
    case ImportFormat::kHrCsv:
      return kHrColumns;
    case ImportFormat::kCareHomeCsv:
      return kCareHomeColumns;
  }
  return {};
}

Result<FileLayout> RecogniseHeader(const std::vector<std::string>& header) {
  Match best = MatchWith(kFormats.front(), header);
  for (const ImportFormat format : kFormats) {
    Match match = MatchWith(format, header);
    if (match.missing.empty() && match.unknown.empty() && match.twice.empty()) return std::move(match.layout);
    // The nearest is the one with the largest share of its columns there.
    const std::size_t best_of = ColumnsOf(best.layout.format).size();
    if (match.found * best_of > best.found * ColumnsOf(format).size()) best = std::move(match);
  }
  if (best.found == 0) {
    return Fault{Reason::kFileHeader, "", "the first line holds no column of esr_competence, hr_csv or care_home_csv"};
  }
  std::string detail = "nearest format is " + std::string(WordOf(best.layout.format));
  if (!best.missing.empty()) detail.append("; missing: ").append(best.missing);
  if (!best.unknown.empty()) detail.append("; not of this format: column ").append(best.unknown);
  if (!best.twice.empty()) detail.append("; there twice: ").append(best.twice);
  return Fault{Reason::kFileHeader, "", std::move(detail)};
}

}  // namespace passport
