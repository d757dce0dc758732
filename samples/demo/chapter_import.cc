// Employers' files become signed records; rows that are wrong are named and left out.
#include <filesystem>
#include <set>

#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

constexpr std::size_t kExamplesMax = 4;

}  // namespace

Result<void> Story::ImportFiles() {
  TRY_ASSIGN(const std::string table, ReadWholeFile(terms_.samples + "/competences.csv"));
  TRY_ASSIGN(const CompetenceTable competences, CompetenceTable::Parse(table));
  screen_.Say(
      "Each employer hands over the files it has: training exports, HR lists, the small sheet of a care home. A "
      "row is taken whole or refused whole, and a bad row never stops the file. What is good is staged, then signed "
      "with that employer's key.");
  std::error_code error;
  std::filesystem::create_directory(At("files"), error);
  if (error) return Fault{Reason::kFileUnreadable, "", At("files") + ": " + error.message()};
  for (const SampleFile& file : terms_.world.files) TRY(ImportOne(file, competences));
  TRY(Expect("records of the files", kSampleRecords, facts_.credentials_issued + facts_.older_rounds));
  screen_.Say(Count(facts_.rows_read, "row", "rows") + " read from " +
              Count(terms_.world.files.size(), "file", "files") + ", " + Count(facts_.rows_refused) + " refused, " +
              Count(facts_.credentials_issued, "record", "records") + " signed and safely stored. " +
              Count(facts_.older_rounds) +
              " more tell of an earlier round of a course that the same file has a newer round of.");
  if (facts_.correction.second_person) {
    screen_.Say("At " + NameOf(kTwoPersonTrust) +
                " the desk that brought the files was refused when it tried to approve them itself; a second one "
                "reviewed them and approved just what the review showed.");
  }
  SayExamples();
  return {};
}

Result<void> Story::ImportOne(const SampleFile& file, const CompetenceTable& competences) {
  const std::string& employer = terms_.world.organisations[file.organisation].id;
  const std::string path = At("files/" + file.path);
  TRY(WriteWholeFile(path, file.content));
  TRY_ASSIGN(const ReadFile read, ReadEmployersFile(path, competences, terms_.world.today));
  TRY(Expect(file.path + ": good rows", file.rows_good, read.progress.rows_read - read.progress.rows_refused));
  TRY(CompareRefusedRows(file, read.faults));
  TRY_ASSIGN(ServiceClient* const client, ClientOf(employer));
  std::vector<ImportRowAnswer> answers;
  const ImportOpening opening{
      .file_id = read.id, .source = read.source, .checker = "Testy Example, HR", .rows_expected = read.orders.size()};
  TRY_ASSIGN(const StagedAnswer staged, StageOrders(*client, opening, read.orders, answers));
  for (const ImportRowAnswer& answer : answers) {
    if (!answer.refusal) continue;
    return Fault{Reason::kStateConflict, "",
                 file.path + ", line " + std::to_string(answer.line) + ": expected it to be staged, came " +
                     std::string(WordOf(answer.refusal->reason)) + ", " + answer.refusal->detail};
  }
  TRY_ASSIGN(const IssueAnswer issued, Approve(employer, staged.import.import_id));
  TRY(Expect(file.path + ": what is not signed", 0, issued.refused + issued.changed + issued.to_decide));
  const std::size_t older = file.records - issued.issued;
  TRY(Expect(file.path + ": records", staged.counts.unchanged, older));
  facts_.rows_read += read.progress.rows_read;
  facts_.rows_refused += read.progress.rows_refused;
  facts_.credentials_issued += issued.issued;
  facts_.older_rounds += older;
  screen_.Row(file.path, Count(read.progress.rows_read, "row", "rows") + ", " + Count(read.faults.size()) +
                             " refused, " + Count(issued.issued, "record", "records") + " signed for " + employer);
  return {};
}

// Signs what was staged: where two pairs of eyes are wanted, from the second desk.
Result<IssueAnswer> Story::Approve(const std::string& employer, const std::string& import_id) {
  TRY_ASSIGN(ServiceClient* const client, ClientOf(employer));
  if (employer != kTwoPersonTrust) return IssueStaged(*client, import_id);
  const Result<IssueAnswer> alone = IssueStaged(*client, import_id);
  TRY(Expect("who prepared it can not approve it", WordOf(Reason::kSecondPerson),
             alone.ok() ? "approved" : WordOf(alone.fault().reason)));
  TRY_ASSIGN(ServiceClient* const second, ClientOf(employer, kSecondDesk));
  const Result<IssueAnswer> unread = IssueStaged(*second, import_id);
  TRY(Expect("who approves says what was reviewed", WordOf(Reason::kFieldInvalid),
             unread.ok() ? "approved" : WordOf(unread.fault().reason)));
  TRY_ASSIGN(IssueAnswer issued, IssueReviewed(*second, import_id));
  facts_.correction.second_person = true;
  return issued;
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
