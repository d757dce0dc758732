// Employers' files become signed records; rows that are wrong are named and left out.
#include <algorithm>
#include <filesystem>
#include <set>

#include "samples/demo/file_import.h"
#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

constexpr std::size_t kExamplesMax = 6;

}  // namespace

Result<void> Story::ImportFiles() {
  TRY_ASSIGN(const std::string table, ReadWholeFile(terms_.samples + "/competences.csv"));
  TRY_ASSIGN(const CompetenceTable competences, CompetenceTable::Parse(table));
  screen_.Say(
      "Each employer hands over the files it has: training exports, HR lists, the small sheet of a care home. A "
      "row is taken whole or refused whole, and a bad row never stops the file. Each good row becomes one or "
      "more records. They are staged first: what is new, what takes the place of what, what stands already; then they "
      "are signed with that employer's key. Of a course that was repeated the latest counts.");
  std::error_code error;
  std::filesystem::create_directory(At("files"), error);
  if (error) return Fault{Reason::kFileUnreadable, "", At("files") + ": " + error.message()};
  for (const SampleFile& file : terms_.world.files) TRY(ImportOne(file, competences));
  TRY(Expect("records taken in", kSampleRecords, records_taken_));
  screen_.Say(Count(facts_.rows_read, "row", "rows") + " read from " +
              Count(terms_.world.files.size(), "file", "files") + ", " + Count(facts_.rows_refused) + " refused, " +
              Count(facts_.credentials_issued, "record", "records") + " signed and safely stored.");
  SayExamples();
  return {};
}

Result<void> Story::ImportOne(const SampleFile& file, const CompetenceTable& competences) {
  const std::string& employer = terms_.world.organisations[file.organisation].id;
  TRY(WriteWholeFile(At("files/" + file.path), file.content));
  TRY_ASSIGN(const ReadFile read, ReadEmployersFile(file.content, competences, terms_.world.today));
  TRY(Expect(file.path + ": good rows", file.rows_good, read.progress.rows_read - read.progress.rows_refused));
  TRY(CompareRefusedRows(file, read.faults));
  TRY_ASSIGN(ServiceClient* const client, ClientOf(employer));
  std::string file_id = file.path;
  std::replace(file_id.begin(), file_id.end(), '.', '_');
  TRY_ASSIGN(const TakenFile taken, TakeIn(*client, file_id, "demo", read.orders));
  for (const ImportRowAnswer& answer : taken.answers) {
    if (!answer.refusal) continue;
    return Fault{Reason::kStateConflict, "",
                 file.path + ", line " + std::to_string(answer.line) + ": " +
                     std::string(WordOf(answer.refusal->reason)) + ", " + answer.refusal->detail};
  }
  TRY(Expect(file.path + ": records", file.records, taken.answers.size()));
  // A course that was repeated stands in the file more than once; the latest counts.
  const std::size_t issued = taken.issued.issued;
  TRY(Expect(file.path + ": signed", taken.staged.counts.added + taken.staged.counts.changed, issued));
  records_taken_ += taken.answers.size();
  facts_.rows_read += read.progress.rows_read;
  facts_.rows_refused += read.progress.rows_refused;
  facts_.credentials_issued += issued;
  screen_.Row(file.path, Count(read.progress.rows_read, "row", "rows") + ", " + Count(read.faults.size()) +
                             " refused, " + Count(issued, "record", "records") + " signed for " + employer);
  return {};
}

// The maker of the world knows which rows it spoilt, and how.
Result<void> Story::CompareRefusedRows(const SampleFile& file, const std::vector<RowFault>& faults) {
  TRY(Expect(file.path + ": refused rows", file.bad_rows.size(), faults.size()));
  for (std::size_t i = 0; i < faults.size(); ++i) {
    TRY(Expect(file.path + ": line of a refused row", file.bad_rows[i].line, faults[i].line));
    TRY(Expect(file.path + ", line " + std::to_string(faults[i].line), file.bad_rows[i].reason,
               WordOf(faults[i].fault.reason)));
    refused_rows_.push_back({file.path, faults[i]});
  }
  return {};
}

// One of each sort of mistake.
void Story::SayExamples() const {
  screen_.Say("What the employers are told about refused rows, some of them:");
  std::set<std::string> sorts;
  for (const RefusedRow& row : refused_rows_) {
    if (sorts.size() == kExamplesMax) return;
    if (!sorts.insert(std::string(WordOf(row.fault.fault.reason)) + row.fault.column).second) continue;
    const std::string where = row.fault.column.empty() ? "the whole row" : "column \"" + row.fault.column + "\"";
    screen_.Point(row.file + ", line " + Count(row.fault.line) + ", " + where + ": " + row.fault.fault.detail + ". " +
                  std::string(TextOf(row.fault.fault.reason).remedy));
  }
}

}  // namespace passport
