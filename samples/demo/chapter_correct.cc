// A small file with a correction, as an HR officer brings it with passportctl: dry run, import, review, issue, and once
// more.
#include <algorithm>

#include "samples/demo/story.h"
#include "samples/process/temporary_folder.h"

namespace passport {
namespace {

// The row of that staff number that begins with what `record` begins with; empty when there is none.
std::string RowOf(const std::string& content, const std::string& number, std::string_view course) {
  std::size_t at = 0;
  while ((at = content.find("\n" + number + ",training,", at)) != std::string::npos) {
    ++at;
    std::string row = content.substr(at, content.find('\n', at) - at);
    if (row.find(course) != std::string::npos) return row;
  }
  return "";
}

}  // namespace

// Three rows of the care home: a course whose day was wrong, one that stands already, and one with a slip.
Result<std::string> Story::WriteCorrection() {
  const SamplePerson& who = terms_.world.people[terms_.world.story.care_worker];
  const std::string& number = who.jobs.front().employee_number;
  const std::string& content =
      std::find_if(terms_.world.files.begin(), terms_.world.files.end(), [&](const SampleFile& file) {
        return file.organisation == who.jobs.front().organisation;
      })->content;
  std::string wrong = RowOf(content, number, "Fire Safety");
  const std::string same = RowOf(content, number, "Food Hygiene");
  TRY(Expect("the care home's file names both courses", !wrong.empty() && !same.empty()));
  constexpr std::size_t kDayBytes = 10;
  const std::size_t day = number.size() + std::string_view(",training,").size();
  TRY_ASSIGN(const CivilDay told, CivilDay::Parse(wrong.substr(day, kDayBytes)));
  wrong.replace(day, kDayBytes, told.PlusDays(1).Text());
  std::string slip = same;
  slip.replace(day, kDayBytes, "04/13/2026");
  const std::string path = At("files/records-larkmead-correction.csv");
  TRY(WriteWholeFile(path, content.substr(0, content.find('\n') + 1) + wrong + "\n" + same + "\n" + slip + "\n"));
  return path;
}

Result<void> Story::CorrectAFile() {
  TRY_ASSIGN(const std::string file, WriteCorrection());
  const std::vector<std::string> import = {"import", file, "--competences", terms_.samples + "/competences.csv"};
  std::vector<std::string> dry_run = import;
  const std::string results = At("files/records-larkmead-results.csv");
  dry_run.insert(dry_run.end(), {"--dry-run", "--results", results});
  TRY_ASSIGN(const ToolAnswer dry, AskOperator(service_, kCareHome, dry_run));
  TRY_ASSIGN(const ToolLine would, LastLine(dry, "import"));
  screen_.Say("The manager of " + NameOf(kCareHome) +
              " sends three rows more, with passportctl. First a dry run, which keeps nothing: " +
              Count(would.numbers.at("changed")) + " changed, " + Count(would.numbers.at("unchanged")) +
              " unchanged, " + Count(would.numbers.at("rows_refused")) +
              " refused (a day that only makes sense the other way round). The same file comes back with a column that "
              "says so beside each row.");
  TRY(Expect("changed in the dry run", 1, would.numbers.at("changed")));
  TRY(Expect("unchanged in the dry run", 1, would.numbers.at("unchanged")));
  TRY(Expect("refused in the dry run", 1, would.numbers.at("rows_refused")));
  TRY_ASSIGN(const std::string back, ReadWholeFile(results));
  TRY(Expect("the file came back with the changed row", back.find("changed") != std::string::npos));

  TRY_ASSIGN(const ToolAnswer staged, AskOperator(service_, kCareHome, import));
  TRY_ASSIGN(const ToolLine told, LastLine(staged, "import"));
  const std::string& id = told.texts.at("import_id");
  TRY_ASSIGN(const ToolAnswer review, AskOperator(service_, kCareHome, {"review", id}));
  TRY_ASSIGN(const ToolLine draft, LastLine(review, "draft"));
  TRY_ASSIGN(const ToolAnswer signing, AskOperator(service_, kCareHome, {"issue", id}));
  TRY_ASSIGN(const ToolLine issued, LastLine(signing, "issue"));
  facts_.correction.superseded = issued.numbers.at("superseded");
  TRY(Expect("superseded by the correction", 1, facts_.correction.superseded));
  screen_.Say("Then for good: import stages, review shows " + Count(LinesWith(review, "draft"), "record", "records") +
              " exactly as they would be signed, issue signs. The corrected record takes the place of the older "
              "one, which is revoked.");

  TRY_ASSIGN(const ToolAnswer twice, AskOperator(service_, kCareHome, import));
  TRY_ASSIGN(const ToolLine again, LastLine(twice, "import"));
  TRY(Expect("state of the same file brought again", "issued", again.texts.at("state")));
  TRY_ASSIGN(const ToolAnswer nothing, AskOperator(service_, kCareHome, {"issue", id}));
  TRY_ASSIGN(const ToolLine none, LastLine(nothing, "issue"));
  facts_.correction.issued_again = none.numbers.at("issued");
  TRY(Expect("signed by the same file brought again", 0, facts_.correction.issued_again));
  screen_.Say("The same file once more changes nothing: it was issued before.");
  return {};
}

}  // namespace passport
