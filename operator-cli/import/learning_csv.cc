// What a learning management system exports: one row is one course of one learner
// (docs/formats/import-learning-csv.md).
#include <algorithm>
#include <array>
#include <utility>

#include "operator-cli/import/columns.h"
#include "operator-cli/import/format_rows.h"

namespace passport {
namespace {

// The numbers a row may bear; of several the employee number is the employer's own.
Result<void> ReadNumbers(RowCells& cells, RowFacts& facts) {
  const std::size_t number = cells.Empty(learning::kEmployeeNumber) ? learning::kLearnerId : learning::kEmployeeNumber;
  if (!cells.Empty(number)) {
    TRY_ASSIGN(facts.employee_number, cells.EmployeeNumber(number));
    facts.keys.push_back(NumberKey(MatchKeyKind::kEmployeeNumber, facts.employee_number));
  }
  if (!cells.Empty(learning::kAssignmentNumber)) {
    TRY_ASSIGN(const std::string assignment, cells.EmployeeNumber(learning::kAssignmentNumber));
    facts.keys.push_back(NumberKey(MatchKeyKind::kAssignmentNumber, assignment));
  }
  return AppendNationalInsuranceKey(cells, learning::kNationalInsuranceNumber, facts.keys);
}

Result<void> ReadNameAndBirthDate(RowCells& cells, RowFacts& facts) {
  if (cells.Empty(learning::kDateOfBirth)) return {};
  TRY_ASSIGN(const CivilDay born_on, cells.PastDay(learning::kDateOfBirth));
  facts.born_on = born_on;
  facts.born_on_column = learning::kDateOfBirth;
  if (cells.Empty(learning::kGivenNames) || cells.Empty(learning::kFamilyName)) return {};
  TRY_ASSIGN(const std::string given_names, cells.Text(learning::kGivenNames));
  TRY_ASSIGN(const std::string family_name, cells.Text(learning::kFamilyName));
  facts.keys.push_back(NameAndBirthDateKey(given_names, family_name, born_on));
  return {};
}

// Only what was completed is a record; the other words are known so that the reason can be clear.
Result<void> MustBeCompleted(RowCells& cells) {
  static constexpr std::array<std::string_view, 2> kDone = {"completed", "complete"};
  static constexpr std::array<std::string_view, 8> kNotDone = {"in_progress", "not_started", "failed",    "enrolled",
                                                               "withdrawn",   "expired",     "cancelled", "incomplete"};
  if (cells.Empty(learning::kStatus)) return cells.Blame(learning::kStatus, "is empty", ValueClass::kEmpty);
  const std::string word = AsWord(cells.Cell(learning::kStatus));
  if (std::find(kDone.begin(), kDone.end(), word) != kDone.end()) return {};
  if (std::find(kNotDone.begin(), kNotDone.end(), word) != kNotDone.end()) {
    return cells.Blame(learning::kStatus, "the course is not completed; only a completed course is a record",
                       ValueClass::kNotCompleted);
  }
  return cells.Blame(learning::kStatus, "is not Completed, nor another status of a learning system",
                     ValueClass::kUnknownWord);
}

// By its title, or by its code when the table knows that instead; they may not disagree.
Result<const Competence*> FindCourse(RowCells& cells, const CompetenceTable& competences) {
  const Competence* const by_code =
      cells.Empty(learning::kCourseCode) ? nullptr : competences.Find(cells.Cell(learning::kCourseCode));
  if (cells.Empty(learning::kCourseTitle) || by_code == nullptr) {
    return FindCompetence(cells, learning::kCourseTitle, competences);
  }
  const Competence* const by_title = competences.Find(cells.Cell(learning::kCourseTitle));
  const bool same =
      by_title == nullptr || (by_title->subject == by_code->subject && by_title->level == by_code->level &&
                              by_title->framework == by_code->framework);
  if (!same) {
    return cells.Blame(learning::kCourseCode, "is another course than Course Title", ValueClass::kContradiction);
  }
  return by_code;
}

// "E-learning" is elearning, "Live session" is live, "Standard 3" is standard_3; empty is the whole course.
Result<std::string> PartOf(RowCells& cells) {
  if (cells.Empty(learning::kPart)) return std::string();
  const std::string word = AsWord(cells.Cell(learning::kPart));
  if (word == "elearning" || word == "e_learning") return std::string("elearning");
  if (word == "live" || word == "live_session") return std::string("live");
  for (int standard = 1; standard <= 16; ++standard) {
    if (word == "standard_" + std::to_string(standard)) return word;
  }
  return cells.Blame(learning::kPart, "is not E-learning, Live session or Standard 1 to Standard 16",
                     ValueClass::kUnknownWord);
}

}  // namespace

Result<RowFacts> ReadLearningRow(RowCells& cells, const CompetenceTable& competences, const ImportTerms& terms) {
  TRY(MustBeCompleted(cells));
  RowFacts facts;
  TRY(ReadNumbers(cells, facts));
  TRY(ReadNameAndBirthDate(cells, facts));
  if (facts.keys.empty()) {
    return Fault{Reason::kRecordField, "", "nothing says who the learner is: no number, nor name with date of birth"};
  }
  TRY_ASSIGN(const CivilDay achieved_on, cells.PastDay(learning::kCompletionDate));
  if (facts.born_on && achieved_on <= *facts.born_on) {
    return cells.Blame(learning::kCompletionDate, "is not after Date of Birth", ValueClass::kDayOrder);
  }
  TRY_ASSIGN(const Competence* const found, FindCourse(cells, competences));
  TRY_ASSIGN(std::string part, PartOf(cells));
  Competence course = *found;
  if (part == "elearning") course.assessed_by = "e_learning_assessment";  // however the whole course ends
  ImportedRecord record = TrainingRecord(cells, learning::kCourseTitle, course, achieved_on,
                                         {.assurance = "employer_verified",
                                          .method = "learning_record",
                                          .checker_role = terms.checker_role,
                                          .checked_on = terms.checked_on});
  if (!part.empty()) record.fields.push_back({"part", std::move(part)});
  if (!cells.Empty(learning::kProvider)) {
    TRY_ASSIGN(std::string provider, cells.Text(learning::kProvider));
    record.fields.push_back({"provider", std::move(provider)});
  }
  TRY(AppendExpiry(cells, learning::kExpiryDate, achieved_on, "Completion Date", record));
  facts.records.push_back(std::move(record));
  return facts;
}

}  // namespace passport
