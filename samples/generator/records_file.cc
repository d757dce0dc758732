#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "samples/generator/courses.h"
#include "samples/generator/parts.h"
#include "samples/generator/posts.h"
#include "samples/generator/sheet.h"

namespace passport {
namespace {

const std::vector<std::string> kRecordColumns = {
    "Staff Number", "Record",       "Date",      "Ends",       "Title",      "Staff Group", "Category",      "Level",
    "Workforce",    "Barred Lists", "Reference", "Checked On", "Checked By", "Outcome",     "Update Service"};
enum RecordColumn : std::size_t {
  kStaffNumber,
  kRecord,
  kDate,
  kEnds,
  kTitle,
  kStaffGroup,
  kCategory,
  kLevel,
  kWorkforce,
  kBarredLists,
  kReference,
  kCheckedOn,
  kCheckedBy,
  kOutcome,
  kUpdateService,
  kColumnCount
};

SheetRow Row(const SampleJob& job, std::string_view record, CivilDay date, std::string_view title) {
  SheetRow row;
  row.records = 1;
  row.cells.resize(kColumnCount);
  row.cells[kStaffNumber] = job.employee_number;
  row.cells[kRecord] = record;
  row.cells[kDate] = date.Text();
  row.cells[kTitle] = title;
  return row;
}

SheetRow CheckRow(const SampleJob& job, const SampleCheck& check) {
  const Post& post = Posts()[job.post];
  SheetRow row = Row(job, "dbs", check.issued_on, "");
  row.cells[kLevel] = post.dbs_level;
  row.cells[kWorkforce] = post.workforce;
  row.cells[kBarredLists] = post.barred_adults ? (post.barred_children ? "Both" : "Adults") : "None";
  row.cells[kReference] = check.certificate_number;
  row.cells[kCheckedOn] = check.seen_on.Text();
  row.cells[kCheckedBy] = "Registered Manager";
  row.cells[kOutcome] = "Cleared";
  row.cells[kUpdateService] = check.update_service_checked_on ? "Yes" : "No";
  return row;
}

// Everything this organisation keeps of one job; training only where the HR file holds the rest.
void AppendRows(const SamplePerson& person, const SampleJob& job, bool main_job, bool training_only,
                std::vector<SheetRow>& rows) {
  if (!training_only) {
    SheetRow employment = Row(job, "employment", job.starts_on, Posts()[job.post].title);
    employment.cells[kStaffGroup] = Posts()[job.post].staff_group;
    employment.cells[kCategory] = job.assignment_category;
    if (job.ends_on) employment.cells[kEnds] = job.ends_on->Text();
    rows.push_back(std::move(employment));
    if (main_job && person.criminal_record) rows.push_back(CheckRow(job, *person.criminal_record));
  }
  for (const SampleTraining& training : person.training) {
    if (training.organisation != job.organisation) continue;
    rows.push_back(Row(job, "training", training.achieved_on, Courses()[training.course].title));
  }
}

SheetRow BadRecordRow(SheetRow row, std::size_t number) {
  row.reason = "record_field";
  switch (number % 5U) {
    case 0:
      row.cells = {row.cells[kStaffNumber], "training", "2026-01-15", "", "First Aid caf\xE9 course"};
      row.cells.resize(kColumnCount);
      row.column = kRecordColumns[kTitle];
      row.about = "a course that is in no table, in Windows-1252";
      break;
    case 1:
      row.cells[kDate] = "03.04.2026";
      row.column = kRecordColumns[kDate];
      row.about = "a day in no form of this file";
      break;
    case 2:
      row.cells[kRecord] = "sickness";
      row.reason = "record_kind";
      row.column = kRecordColumns[kRecord];
      row.about = "a kind of record that does not exist";
      break;
    case 3:
      row.cells = {row.cells[kStaffNumber], "training", "2026-01-15", "", "Advanced Napping"};
      row.cells.resize(kColumnCount);
      row.column = kRecordColumns[kTitle];
      row.about = "a course that is in no table";
      break;
    default:
      row.cells[kStaffNumber].clear();
      row.column = kRecordColumns[kStaffNumber];
      row.about = "no staff number";
      break;
  }
  return row;
}

}  // namespace

SampleFile MakeRecordsFile(const World& world, std::size_t organisation, Dice& dice) {
  SampleFile file{.path = "records-" + Employers()[organisation].file_stem + ".csv",
                  .organisation = organisation,
                  .format = "care_home_csv",
                  .content = "",
                  .rows_good = 0,
                  .records = 0,
                  .bad_rows = {},
                  .refused_with = ""};
  const bool training_only = Employers()[organisation].hr_file;
  std::vector<SheetRow> rows;
  for (const SamplePerson& person : world.people) {
    for (const SampleJob& job : person.jobs) {
      if (job.organisation == organisation) AppendRows(person, job, &job == person.jobs.data(), training_only, rows);
    }
  }
  std::vector<SheetRow> bad;
  for (std::size_t i = 0; i < BadRowsFor(rows.size()); ++i) bad.push_back(BadRecordRow(dice.Pick(rows), i));
  Scatter(std::move(bad), dice, rows);
  WriteSheet(kRecordColumns, rows, {.byte_order_mark = false, .end_of_line = "\n"}, file);
  file.content.append("\n\n");
  return file;
}

}  // namespace passport
