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
                                                                       "Registration Expires On",
                                                                       "National Insurance Number",
                                                                       "Register Checked By"};

constexpr std::array<std::string_view, care_home::kColumnCount> kCareHomeColumns = {
    "Staff Number", "Record",       "Date",      "Ends",       "Title",      "Staff Group", "Category",      "Level",
    "Workforce",    "Barred Lists", "Reference", "Checked On", "Checked By", "Outcome",     "Update Service"};

constexpr std::array<std::string_view, learning::kColumnCount> kLearningColumns = {"Course Title",
                                                                                   "Completion Date",
                                                                                   "Status",
                                                                                   "Learner ID",
                                                                                   "Employee Number",
                                                                                   "Assignment Number",
                                                                                   "Given Names",
                                                                                   "Family Name",
                                                                                   "Date of Birth",
                                                                                   "National Insurance Number",
                                                                                   "Course Code",
                                                                                   "Expiry Date",
                                                                                   "Part",
                                                                                   "Provider",
                                                                                   "Score",
                                                                                   "E-mail"};

// What other learning systems call the same column.
struct OtherName {
  std::string_view name;
  learning::Column column;
};
constexpr std::array kLearningOtherNames = {OtherName{"Course Name", learning::kCourseTitle},
                                            OtherName{"Date Completed", learning::kCompletionDate},
                                            OtherName{"Completed On", learning::kCompletionDate},
                                            OtherName{"Completion Status", learning::kStatus},
                                            OtherName{"First Name", learning::kGivenNames},
                                            OtherName{"Last Name", learning::kFamilyName},
                                            OtherName{"Surname", learning::kFamilyName},
                                            OtherName{"Expires On", learning::kExpiryDate},
                                            OtherName{"Email", learning::kEmail},
                                            OtherName{"Email Address", learning::kEmail}};

constexpr std::size_t kPositionsNamedMax = 20;

char LowerOf(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return LowerOf(x) == LowerOf(y); });
}

struct Match {
  FileLayout layout;
  std::size_t found = 0;           // columns of the format that are there
  std::size_t required_found = 0;  // of those that must be
  std::string missing;             // names, separated by ", "
  std::string unknown;             // positions
  std::string twice;               // names
  bool whole() const { return missing.empty() && unknown.empty() && twice.empty(); }
};

void Add(std::string_view item, std::string& list) {
  if (!list.empty()) list.append(", ");
  list.append(item);
}

bool Names(ImportFormat format, std::size_t column, std::string_view name) {
  if (SameName(name, ColumnsOf(format)[column])) return true;
  if (format != ImportFormat::kLearningCsv) return false;
  return std::any_of(kLearningOtherNames.begin(), kLearningOtherNames.end(),
                     [&](const OtherName& other) { return other.column == column && SameName(other.name, name); });
}

// A learning file says with one column at least who the learner is.
void RequireALearner(Match& match) {
  const auto there = [&](std::size_t column) { return match.layout.positions[column] != kNoPosition; };
  const bool number = there(learning::kLearnerId) || there(learning::kEmployeeNumber) ||
                      there(learning::kAssignmentNumber) || there(learning::kNationalInsuranceNumber);
  const bool name = there(learning::kGivenNames) && there(learning::kFamilyName) && there(learning::kDateOfBirth);
  if (!number && !name) Add("a column that says who the learner is, such as Employee Number", match.missing);
}

Match MatchWith(ImportFormat format, const std::vector<std::string>& header) {
  Match match{.layout = {.format = format, .positions = {}}, .missing = "", .unknown = "", .twice = ""};
  std::vector<bool> known(header.size(), false);
  for (std::size_t column = 0; column < ColumnsOf(format).size(); ++column) {
    const bool required = column < RequiredColumnsOf(format);
    match.layout.positions.push_back(kNoPosition);
    std::size_t times = 0;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (!Names(format, column, header[i])) continue;
      known[i] = true;
      if (++times == 1) match.layout.positions.back() = i;
    }
    if (times == 0 && required) Add(ColumnsOf(format)[column], match.missing);
    if (times > 1) Add(ColumnsOf(format)[column], match.twice);
    if (times > 0) ++match.found;
    if (times > 0 && required) ++match.required_found;
  }
  if (format == ImportFormat::kLearningCsv) RequireALearner(match);
  std::size_t named = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (!known[i] && ++named <= kPositionsNamedMax) Add(std::to_string(i + 1), match.unknown);
  }
  if (named > kPositionsNamedMax) Add("and more", match.unknown);
  return match;
}

// By the share of the columns that must be there, then by how many are.
bool Nearer(const Match& a, const Match& b) {
  const std::size_t share_a = a.required_found * RequiredColumnsOf(b.layout.format);
  const std::size_t share_b = b.required_found * RequiredColumnsOf(a.layout.format);
  return share_a != share_b ? share_a > share_b : a.found > b.found;
}

std::vector<std::string> WithoutEmptyEnd(std::vector<std::string> header) {
  while (!header.empty() && header.back().empty()) header.pop_back();
  return header;
}

// The file is one of ours that was corrected and comes back: its last columns are ours and say nothing.
bool EndsWithResults(const std::vector<std::string>& header) {
  return header.size() >= kResultColumns.size() &&
         std::equal(kResultColumns.rbegin(), kResultColumns.rend(), header.rbegin(), SameName);
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
    case ImportFormat::kLearningCsv:
      return "learning_csv";
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
    case ImportFormat::kLearningCsv:
      return kLearningColumns;
  }
  return {};
}

std::size_t RequiredColumnsOf(ImportFormat format) {
  if (format == ImportFormat::kHrCsv) return hr::kRequiredCount;
  if (format == ImportFormat::kLearningCsv) return learning::kRequiredCount;
  return ColumnsOf(format).size();
}

Result<FileLayout> RecogniseHeader(const std::vector<std::string>& header) {
  std::vector<std::string> own = WithoutEmptyEnd(header);
  std::size_t own_columns = header.size();
  if (EndsWithResults(own)) {
    own.resize(own.size() - kResultColumns.size());
    own_columns = own.size();
    own = WithoutEmptyEnd(std::move(own));
  }
  Match best = MatchWith(kImportFormats.front(), own);
  for (const ImportFormat format : kImportFormats) {
    Match match = MatchWith(format, own);
    if (Nearer(match, best)) best = std::move(match);
  }
  best.layout.named_columns = own.size();
  best.layout.own_columns = own_columns;
  best.layout.columns = header.size();
  if (best.whole()) return std::move(best.layout);
  if (best.found == 0) {
    std::string formats;
    for (const ImportFormat format : kImportFormats) Add(WordOf(format), formats);
    return Fault{Reason::kFileHeader, "", "the first line holds no column of any format: " + formats};
  }
  std::string detail = "nearest format is " + std::string(WordOf(best.layout.format));
  if (!best.missing.empty()) detail.append("; missing: ").append(best.missing);
  if (!best.unknown.empty()) detail.append("; not of this format: column ").append(best.unknown);
  if (!best.twice.empty()) detail.append("; there twice: ").append(best.twice);
  return Fault{Reason::kFileHeader, "", std::move(detail)};
}

}  // namespace passport
