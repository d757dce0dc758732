// The HR file: one row is one person's assignment, with a group of columns for each check
// (docs/formats/import-hr-csv.md).
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "operator-cli/import/columns.h"
#include "operator-cli/import/format_rows.h"
#include "operator-cli/import/registration_number.h"
#include "operator-cli/import/words.h"

namespace passport {
namespace {

constexpr std::size_t kDbsNumberDigits = 12;

std::string Truth(bool value) { return value ? "true" : "false"; }

// "Passport;Utility bill" is passport_and_utility_bill.
Result<std::string> DocumentTypes(RowCells& cells) {
  constexpr std::size_t kColumn = hr::kIdentityDocuments;
  std::vector<std::string> seen;
  std::string_view rest = cells.Cell(kColumn);
  if (rest.empty()) return cells.Blame(kColumn, "is empty", ValueClass::kEmpty);
  while (true) {
    const std::size_t end = rest.find(';');
    std::string_view one = rest.substr(0, end);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    const std::string type = AsWord(one);
    if (std::find(kDocumentTypes.begin(), kDocumentTypes.end(), type) == kDocumentTypes.end()) {
      return cells.Blame(kColumn, "holds something that is not a type of document; types are separated by ';'",
                         ValueClass::kUnknownWord);
    }
    if (std::find(seen.begin(), seen.end(), type) != seen.end()) {
      return cells.Blame(kColumn, "names a type of document twice", ValueClass::kContradiction);
    }
    seen.push_back(type);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  std::string types;
  for (const std::string& type : seen) types.append(types.empty() ? "" : "_and_").append(type);
  if (types.size() > kWordBytesMax) {
    return cells.Blame(kColumn, "names more types than fit; leave out the weakest", ValueClass::kTooLong);
  }
  return types;
}

Result<ImportedRecord> IdentityCheck(RowCells& cells, const ImportTerms&, RowFacts& facts) {
  TRY_ASSIGN(std::string given_names, cells.Text(hr::kGivenNames));
  TRY_ASSIGN(std::string family_name, cells.Text(hr::kFamilyName));
  TRY_ASSIGN(const CivilDay born_on, cells.PastDay(hr::kDateOfBirth));
  TRY_ASSIGN(const CivilDay checked_on, cells.PastDay(hr::kIdentityCheckedOn));
  if (checked_on <= born_on) {
    return cells.Blame(hr::kIdentityCheckedOn, "is not after Date of Birth", ValueClass::kDayOrder);
  }
  TRY_ASSIGN(std::string documents, DocumentTypes(cells));
  TRY_ASSIGN(std::string role, cells.Word(hr::kIdentityCheckedBy, kCheckerRoles));
  facts.born_on = born_on;
  facts.born_on_column = hr::kDateOfBirth;
  facts.keys.push_back(NameAndBirthDateKey(given_names, family_name, born_on));
  ImportedRecord record = BeginRecord("identity_check", checked_on,
                                      {.assurance = "employer_verified",
                                       .method = "documents_seen",
                                       .checker_role = std::move(role),
                                       .checked_on = checked_on});
  record.fields.push_back({"given_names", std::move(given_names)});
  record.fields.push_back({"family_name", std::move(family_name)});
  record.fields.push_back({"date_of_birth", born_on.Text()});
  record.fields.push_back({"document_types", std::move(documents)});
  return record;
}

// "0.8" is 0.80; from 0.01 to 1.00.
Result<std::string> FullTimeEquivalent(RowCells& cells) {
  std::string text(cells.Cell(hr::kFte));
  if (text.size() == 1U) text.push_back('.');
  while (text.size() < 4U) text.push_back('0');
  const auto digit = [&text](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  const bool shaped = text.size() == 4U && digit(0) && text[1] == '.' && digit(2) && digit(3);
  if (!shaped || text > "1.00" || text == "0.00") {
    return cells.Blame(hr::kFte, "is not a number from 0.01 to 1.00",
                       cells.Empty(hr::kFte) ? ValueClass::kEmpty : ValueClass::kOtherForm);
  }
  return text;
}

Result<ImportedRecord> Employment(RowCells& cells, const ImportTerms& terms, RowFacts&) {
  TRY_ASSIGN(const CivilDay starts_on, cells.Day(hr::kStartDate));
  ImportedRecord record = BeginRecord("employment", starts_on,
                                      {.assurance = "employer_verified",
                                       .method = "employer_record",
                                       .checker_role = terms.checker_role,
                                       .checked_on = terms.checked_on});
  const auto text = [&](std::string_view name, std::size_t column) -> Result<void> {
    TRY_ASSIGN(std::string value, cells.Text(column));
    record.fields.push_back({name, std::move(value)});
    return {};
  };
  TRY(text("employer_name", hr::kEmployer));
  TRY(text("position_title", hr::kPositionTitle));
  const auto word = [&](std::string_view name, std::size_t column) -> Result<void> {
    TRY_ASSIGN(std::string value, cells.OpenWord(column));
    record.fields.push_back({name, std::move(value)});
    return {};
  };
  TRY(word("staff_group", hr::kStaffGroup));
  TRY(word("job_role", hr::kJobRole));
  TRY(word("area_of_work", hr::kAreaOfWork));
  TRY_ASSIGN(std::string category, cells.Word(hr::kAssignmentCategory, kAssignmentCategories));
  record.fields.push_back({"assignment_category", std::move(category)});
  TRY_ASSIGN(std::string assignment, cells.EmployeeNumber(hr::kAssignmentNumber));
  record.fields.push_back({"assignment_number", std::move(assignment)});
  TRY_ASSIGN(std::string fte, FullTimeEquivalent(cells));
  record.fields.push_back({"full_time_equivalent", std::move(fte)});
  record.fields.push_back({"starts_on", starts_on.Text()});
  if (!cells.Empty(hr::kEndDate)) {
    TRY_ASSIGN(const CivilDay ends_on, cells.Day(hr::kEndDate));
    if (ends_on < starts_on) return cells.Blame(hr::kEndDate, "lies before Start Date", ValueClass::kDayOrder);
    record.fields.push_back({"ends_on", ends_on.Text()});
  }
  return record;
}

// Yes or no, and a day only with yes.
Result<void> UpdateService(RowCells& cells, CivilDay issued_on, ImportedRecord& record) {
  TRY_ASSIGN(const bool subscribed, cells.Truth(hr::kDbsUpdateService));
  record.fields.push_back({"update_service", Truth(subscribed)});
  if (!subscribed) return cells.MustBeEmpty(hr::kDbsUpdateServiceCheckedOn, "without the update service");
  if (cells.Empty(hr::kDbsUpdateServiceCheckedOn)) return {};
  TRY_ASSIGN(const CivilDay checked_on, cells.PastDay(hr::kDbsUpdateServiceCheckedOn));
  if (checked_on < issued_on) {
    return cells.Blame(hr::kDbsUpdateServiceCheckedOn, "lies before DBS Issued On", ValueClass::kDayOrder);
  }
  record.fields.push_back({"update_service_checked_on", checked_on.Text()});
  return {};
}

Result<ImportedRecord> CriminalRecordCheck(RowCells& cells, const ImportTerms&, RowFacts&) {
  TRY_ASSIGN(std::string number, DbsCertificateNumber(cells, hr::kDbsCertificateNumber));
  TRY_ASSIGN(const CivilDay issued_on, cells.PastDay(hr::kDbsIssuedOn));
  TRY_ASSIGN(std::string level, cells.Word(hr::kDbsLevel, kDbsLevels));
  TRY_ASSIGN(std::string workforce, cells.Word(hr::kDbsWorkforce, kDbsWorkforces));
  TRY_ASSIGN(const bool adults, cells.Truth(hr::kDbsBarredAdults));
  TRY_ASSIGN(const bool children, cells.Truth(hr::kDbsBarredChildren));
  if (level != "enhanced" && adults) {
    return cells.Blame(hr::kDbsBarredAdults, "goes with level enhanced only", ValueClass::kContradiction);
  }
  if (level != "enhanced" && children) {
    return cells.Blame(hr::kDbsBarredChildren, "goes with level enhanced only", ValueClass::kContradiction);
  }
  TRY_ASSIGN(const CivilDay seen_on, cells.PastDay(hr::kDbsSeenOn));
  if (seen_on < issued_on) {
    return cells.Blame(hr::kDbsSeenOn, "lies before DBS Issued On", ValueClass::kDayOrder);
  }
  TRY_ASSIGN(std::string role, cells.Word(hr::kDbsSeenBy, kCheckerRoles));
  TRY_ASSIGN(std::string decision, cells.Word(hr::kDbsDecision, kDbsDecisions));
  ImportedRecord record = BeginRecord(
      "criminal_record_check", issued_on,
      {.assurance = "employer_verified", .method = "certificate_seen", .checker_role = role, .checked_on = seen_on});
  const std::array<ImportedField, 9> facts = {{{"certificate_number", std::move(number)},
                                               {"issued_on", issued_on.Text()},
                                               {"level", std::move(level)},
                                               {"workforce", std::move(workforce)},
                                               {"barred_adults", Truth(adults)},
                                               {"barred_children", Truth(children)},
                                               {"seen_on", seen_on.Text()},
                                               {"seen_by_role", role},
                                               {"decision", std::move(decision)}}};
  record.fields.insert(record.fields.end(), facts.begin(), facts.end());
  TRY(UpdateService(cells, issued_on, record));
  return record;
}

// Who looked at the register: the row's own column, and otherwise who brings the file.
Result<std::string> RegisterCheckedBy(RowCells& cells, const ImportTerms& terms) {
  if (cells.Empty(hr::kRegisterCheckedBy)) return terms.checker_role;
  return cells.Word(hr::kRegisterCheckedBy, kCheckerRoles);
}

Result<ImportedRecord> ProfessionalRegistration(RowCells& cells, const ImportTerms& terms, RowFacts& facts) {
  TRY_ASSIGN(const std::string word, cells.Word(hr::kRegulator, kRegulators));
  const auto at =
      static_cast<std::size_t>(std::find(kRegulators.begin(), kRegulators.end(), word) - kRegulators.begin());
  const std::string_view regulator = kRegulatorNames[at];
  auto number = ParseRegistrationNumber(regulator, cells.Cell(hr::kRegistrationNumber));
  if (!number.ok()) {
    return cells.Blame(hr::kRegistrationNumber, number.fault().detail,
                       cells.Empty(hr::kRegistrationNumber) ? ValueClass::kEmpty : ValueClass::kOtherForm);
  }
  TRY_ASSIGN(std::string part, cells.OpenWord(hr::kRegistrationPart));
  TRY_ASSIGN(std::string status, cells.Word(hr::kRegistrationStatus, kRegistrationStatuses));
  TRY_ASSIGN(const bool restricted, cells.Truth(hr::kRegistrationRestrictions));
  if (status == "conditions" && !restricted) {
    return cells.Blame(hr::kRegistrationRestrictions, "is No although the status is conditions",
                       ValueClass::kContradiction);
  }
  TRY_ASSIGN(const CivilDay checked_on, cells.PastDay(hr::kRegisterCheckedOn));
  TRY_ASSIGN(std::string role, RegisterCheckedBy(cells, terms));
  facts.keys.push_back(RegistrationKey(regulator, number.value()));
  ImportedRecord record = BeginRecord("professional_registration", checked_on,
                                      {.assurance = "primary_source_verified",
                                       .method = "register_lookup",
                                       .checker_role = std::move(role),
                                       .checked_on = checked_on});
  record.fields.push_back({"regulator", std::string(regulator)});
  record.fields.push_back({"number", std::move(number).value()});
  record.fields.push_back({"part", std::move(part)});
  record.fields.push_back({"register_status", std::move(status)});
  record.fields.push_back({"restrictions", Truth(restricted)});
  record.fields.push_back({"register_checked_on", checked_on.Text()});
  if (!cells.Empty(hr::kRegistrationExpiresOn)) {
    TRY_ASSIGN(const CivilDay expires_on, cells.Day(hr::kRegistrationExpiresOn));
    record.fields.push_back({"expires_on", expires_on.Text()});
  }
  return record;
}

// By kind; those of the groups were read after those of the row.
void Sort(std::vector<MatchKey>& keys) {
  std::stable_sort(keys.begin(), keys.end(), [](const MatchKey& a, const MatchKey& b) { return a.kind < b.kind; });
}

}  // namespace

Result<std::string> DbsCertificateNumber(RowCells& cells, std::size_t column) {
  return cells.Digits(column, kDbsNumberDigits,
                      "is not 12 digits; spreadsheets drop zeros in front and round long numbers");
}

Result<RowFacts> ReadHrRow(RowCells& cells, const ImportTerms& terms) {
  RowFacts facts;
  TRY_ASSIGN(facts.employee_number, cells.EmployeeNumber(hr::kEmployeeNumber));
  facts.keys.push_back(NumberKey(MatchKeyKind::kEmployeeNumber, facts.employee_number));
  if (!cells.Empty(hr::kAssignmentNumber)) {
    TRY_ASSIGN(const std::string assignment, cells.EmployeeNumber(hr::kAssignmentNumber));
    facts.keys.push_back(NumberKey(MatchKeyKind::kAssignmentNumber, assignment));
  }
  TRY(AppendNationalInsuranceKey(cells, hr::kNationalInsuranceNumber, facts.keys));
  struct Group {
    std::size_t first;
    std::size_t last;
    Result<ImportedRecord> (*read)(RowCells&, const ImportTerms&, RowFacts&);
  };
  static constexpr std::array<Group, 4> kGroups = {
      Group{hr::kGivenNames, hr::kIdentityCheckedBy, IdentityCheck}, Group{hr::kEmployer, hr::kEndDate, Employment},
      Group{hr::kDbsCertificateNumber, hr::kDbsUpdateServiceCheckedOn, CriminalRecordCheck},
      Group{hr::kRegulator, hr::kRegistrationExpiresOn, ProfessionalRegistration}};
  for (const Group& group : kGroups) {
    if (cells.AllEmpty(group.first, group.last)) continue;
    TRY_ASSIGN(ImportedRecord record, group.read(cells, terms, facts));
    facts.records.push_back(std::move(record));
  }
  if (cells.AllEmpty(hr::kRegulator, hr::kRegistrationExpiresOn)) {
    TRY(cells.MustBeEmpty(hr::kRegisterCheckedBy, "without a registration"));
  }
  if (facts.records.empty()) return Fault{Reason::kRecordField, "", "every group of columns is empty"};
  Sort(facts.keys);
  return facts;
}

}  // namespace passport
