#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "samples/generator/courses.h"
#include "samples/generator/parts.h"
#include "samples/generator/sheet.h"

namespace passport {
namespace {

const std::vector<std::string> kEsrColumns = {"Employee Number", "Assignment Number", "Competency Name", "Expiry Date",
                                              "Date Start",      "Last Updated By",   "Title",           "VPD"};
enum EsrColumn : std::size_t {
  kEmployeeNumber,
  kAssignmentNumber,
  kCompetency,
  kExpiry,
  kStart,
  kUpdatedBy,
  kHonorific,
  kVpd
};

const std::vector<std::string> kUpdaters = {"ELEARNING INTERFACE", "Example-Updater, Sam (Learning)", "TESTY-UPDATER"};
const std::vector<std::string> kHonorifics = {"Ms.", "Mr.", "Mx.", "Mrs."};

SheetRow GoodRow(const SampleJob& job, const SampleTraining& training, const std::string& vpd, Dice& dice) {
  const Course& course = Courses()[training.course];
  SheetRow row;
  row.records = 1;
  row.cells = {job.employee_number,
               job.assignment_number,
               CompetenceName(course, vpd),
               course.period_months == 0 ? "" : EsrDay(training.achieved_on.PlusMonths(course.period_months)),
               EsrDay(training.achieved_on),
               dice.Pick(kUpdaters),
               dice.Pick(kHonorifics),
               vpd};
  return row;
}

SheetRow BadEsrRow(SheetRow row, std::size_t number, CivilDay today) {
  row.reason = "record_field";
  switch (number % 6U) {
    case 0:
      row.cells[kCompetency] = "NHS|CSTF|Underwater Basket Weaving - 2 Years|";
      row.column = kEsrColumns[kCompetency];
      row.about = "a competence that is in no table";
      break;
    case 1:
      row.cells[kStart] = "31-Jun-2025";
      row.column = kEsrColumns[kStart];
      row.about = "a day that does not exist";
      break;
    case 2:
      row.cells[kEmployeeNumber].clear();
      row.column = kEsrColumns[kEmployeeNumber];
      row.about = "no employee number";
      break;
    case 3:
      row.cells.resize(kHonorific);
      row.reason = "row_fields";
      row.about = "two fields too few";
      break;
    case 4:
      row.cells[kStart] = "45992";
      row.column = kEsrColumns[kStart];
      row.about = "a spreadsheet's day number";
      break;
    default:
      row.cells[kStart] = EsrDay(today.PlusDays(200));
      row.cells[kExpiry].clear();
      row.column = kEsrColumns[kStart];
      row.about = "achieved in the future";
      break;
  }
  return row;
}

}  // namespace

SampleFile MakeEsrFile(const World& world, std::size_t organisation, Dice& dice) {
  SampleFile file{.path = "esr-" + Employers()[organisation].file_stem + ".csv",
                  .organisation = organisation,
                  .format = "esr_competence",
                  .content = "",
                  .rows_good = 0,
                  .records = 0,
                  .bad_rows = {},
                  .refused_with = ""};
  std::vector<std::tuple<std::string, std::size_t, CivilDay, const SampleJob*, const SampleTraining*>> order;
  for (const SamplePerson& person : world.people) {
    for (const SampleJob& job : person.jobs) {
      if (job.organisation != organisation) continue;
      for (const SampleTraining& training : person.training) {
        if (training.organisation != organisation) continue;
        order.emplace_back(job.employee_number, training.course, training.achieved_on, &job, &training);
      }
    }
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a), std::get<2>(a)) <
           std::tie(std::get<0>(b), std::get<1>(b), std::get<2>(b));
  });
  std::vector<SheetRow> rows;
  for (const auto& [number, course, day, job, training] : order) {
    rows.push_back(GoodRow(*job, *training, world.organisations[organisation].vpd, dice));
  }
  std::vector<SheetRow> bad;
  for (std::size_t i = 0; i < BadRowsFor(rows.size()); ++i) bad.push_back(BadEsrRow(dice.Pick(rows), i, world.today));
  Scatter(std::move(bad), dice, rows);
  WriteSheet(kEsrColumns, rows, {.byte_order_mark = false, .end_of_line = "\r\n"}, file);
  file.content.append(",,,,,,,\r\n,,,,,,,\r\n\r\n");  // as spreadsheets leave them
  return file;
}

}  // namespace passport
