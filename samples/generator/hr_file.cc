#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "samples/generator/parts.h"
#include "samples/generator/posts.h"
#include "samples/generator/sheet.h"

namespace passport {
namespace {

const std::vector<std::string> kHrColumns = {"Employee Number",
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

constexpr std::size_t kDateOfBirth = 4;
constexpr std::size_t kDecision = 25;
constexpr std::size_t kRegulator = 28;
constexpr std::size_t kGroupEnd = 35;

const std::vector<std::string> kDocuments = {"passport;utility bill", "passport;driving licence;bank statement",
                                             "driving licence;council tax bill;birth certificate"};

std::string YesNo(bool yes) { return yes ? "Yes" : "No"; }
std::string DayOrNothing(const std::optional<CivilDay>& day) { return day ? day->Text() : std::string(); }

void AppendCheck(const SamplePerson& person, const Post& post, Dice& dice, SheetRow& row) {
  const SampleCheck& check = *person.criminal_record;
  const std::vector<std::string> cells = {check.certificate_number,
                                          check.issued_on.Text(),
                                          std::string(post.dbs_level),
                                          std::string(post.workforce),
                                          YesNo(post.barred_adults),
                                          YesNo(post.barred_children),
                                          check.seen_on.Text(),
                                          "HR Officer",
                                          dice.Percent(3) ? "Cleared with conditions" : "Cleared",
                                          YesNo(check.update_service_checked_on.has_value()),
                                          DayOrNothing(check.update_service_checked_on)};
  row.cells.insert(row.cells.end(), cells.begin(), cells.end());
  ++row.records;
}

void AppendRegistration(const SampleRegistration& registration, SheetRow& row) {
  const std::vector<std::string> cells = {registration.regulator,
                                          registration.number,
                                          registration.part,
                                          registration.status,
                                          YesNo(registration.status != "Registered"),
                                          registration.checked_on.Text(),
                                          registration.expires_on.Text()};
  row.cells.insert(row.cells.end(), cells.begin(), cells.end());
  ++row.records;
}

SheetRow GoodRow(const World& world, const SamplePerson& person, const SampleJob& job, bool main_job, Dice& dice) {
  const Post& post = Posts()[job.post];
  SheetRow row;
  row.records = 2;  // identity and employment
  row.cells = {job.employee_number,
               job.assignment_number,
               person.given_names,
               person.family_name,
               person.born_on.Text(),
               person.identity_checked_on.Text(),
               dice.Pick(kDocuments),
               "HR Officer",
               world.organisations[job.organisation].name,
               std::string(post.title),
               std::string(post.staff_group),
               std::string(post.job_role),
               std::string(post.area_of_work),
               job.assignment_category,
               job.full_time_equivalent,
               job.starts_on.Text(),
               DayOrNothing(job.ends_on)};
  if (main_job && person.criminal_record) {
    AppendCheck(person, post, dice, row);
  }
  row.cells.resize(kRegulator);
  if (person.registration && !post.regulator.empty()) {
    AppendRegistration(*person.registration, row);
  }
  row.cells.resize(kGroupEnd);
  return row;
}

SheetRow BadHrRow(SheetRow row, std::size_t number) {
  row.reason = "record_field";
  switch (number % 5U) {
    case 0: {
      const std::vector<std::string> registration = {"NMC", "99Z00O1X", "Registered nurse", "Registered", "No", "", ""};
      std::copy(registration.begin(), registration.end(), row.cells.begin() + kRegulator);
      row.column = "Registration Number";
      row.about = "a registration number with the letter O for a zero";
      break;
    }
    case 1: {
      const std::vector<std::string> check = {"009900009999",
                                              "2025-03-03",
                                              "Enhanced",
                                              "Adult",
                                              "Yes",
                                              "No",
                                              "2025-03-10",
                                              "HR Officer",
                                              "See disclosure: fictional offence text",
                                              "No",
                                              ""};
      std::copy(check.begin(), check.end(), row.cells.begin() + 17);
      row.column = kHrColumns[kDecision];
      row.about = "offence text where a decision belongs";
      break;
    }
    case 2:
      row.cells.emplace_back("Disclosure: fictional offence text");
      row.reason = "row_fields";
      row.about = "a field too many, with offence text";
      break;
    case 3:
      row.cells[kDateOfBirth] = "1980-02-31";
      row.column = kHrColumns[kDateOfBirth];
      row.about = "a day that does not exist";
      break;
    default:
      row.cells[0].clear();
      row.column = kHrColumns[0];
      row.about = "no employee number";
      break;
  }
  return row;
}

}  // namespace

SampleFile MakeHrFile(const World& world, std::size_t organisation, Dice& dice) {
  SampleFile file{.path = "hr-" + Employers()[organisation].file_stem + ".csv",
                  .organisation = organisation,
                  .format = "hr_csv",
                  .content = "",
                  .rows_good = 0,
                  .records = 0,
                  .bad_rows = {},
                  .refused_with = ""};
  std::vector<SheetRow> rows;
  for (const SamplePerson& person : world.people) {
    for (const SampleJob& job : person.jobs) {
      if (job.organisation != organisation) continue;
      rows.push_back(GoodRow(world, person, job, &job == person.jobs.data(), dice));
    }
  }
  std::vector<SheetRow> bad;
  for (std::size_t i = 0; i < BadRowsFor(rows.size()); ++i) bad.push_back(BadHrRow(dice.Pick(rows), i + organisation));
  Scatter(std::move(bad), dice, rows);
  WriteSheet(kHrColumns, rows, {.byte_order_mark = true, .end_of_line = "\r\n"}, file);
  return file;
}

}  // namespace passport
