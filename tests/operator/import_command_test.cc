#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/operator/fake_service.h"

namespace passport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Content(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class ImportCommand : public ::testing::Test {
 protected:
  std::string Path(const std::string& name) const { return service_.tls() + "/" + name; }
  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
    return Path(name);
  }
  // A small file as a care home has it: rows good lines, and every hundredth one with a day that does not exist.
  std::string CareHomeFile(int rows, int bad_every) const {
    std::string text = Content("docs/formats/import-care-home-csv.md");
    const std::size_t begin = text.find("```csv\n") + 7;
    text = text.substr(begin, text.find("```", begin) - begin);
    const std::size_t header_end = text.find('\n') + 1;
    const std::string row = text.substr(header_end, text.find('\n', header_end) + 1 - header_end);
    const std::size_t number_end = row.find(',');
    std::string file = text.substr(0, header_end);
    for (int i = 1; i <= rows; ++i) {
      const std::string number = bad_every > 0 && i % bad_every == 0 ? std::string() : "S" + std::to_string(i);
      file += number + row.substr(number_end);
    }
    return Write("file.csv", file);
  }
  TypedRun Import(std::vector<std::string> more, const std::string& file) {
    std::vector<std::string> words = {"import", file, "--competences", "samples/competences.csv"};
    words.insert(words.end(), more.begin(), more.end());
    return Type(service_, words);
  }
  int Staged() { return static_cast<int>(service_.behaviour().staged_rows.size()); }
  FakeService service_;
};

TEST_F(ImportCommand, SendsEveryGoodRowAndNamesEveryBadOne) {
  const std::string file = CareHomeFile(1000, 100);
  const TypedRun run = Import({"--results", Path("results.csv")}, file);
  EXPECT_EQ(run.ending, Ending::kRefused) << run.errors;
  EXPECT_EQ(Staged(), 990);
  EXPECT_THAT(run.output,
              HasSubstr("rows read         1000\nrows refused      10\nrecords           990\n  new             990"));
  EXPECT_THAT(run.output, HasSubstr("101   "));
  EXPECT_THAT(run.output, HasSubstr("record_field"));
  const std::string results = Content(Path("results.csv"));
  EXPECT_EQ(std::count(results.begin(), results.end(), '\n'), 1001) << "the file itself, with three more columns";
  EXPECT_THAT(results, HasSubstr("Passport Result,Passport Detail,What To Do"));
  EXPECT_THAT(results, HasSubstr(",new,"));
  EXPECT_THAT(results, HasSubstr(",refused,"));
  struct stat about {};
  ASSERT_EQ(stat(Path("results.csv").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U) << "it holds what the file says of people";
  EXPECT_THAT(run.output, HasSubstr("review 0123456789abcdef"));
  EXPECT_THAT(run.errors, HasSubstr("500 records answered"));
}

TEST_F(ImportCommand, OfAGoodFileIsDoneAndRepeatingItIsTheSameImport) {
  const std::string file = CareHomeFile(3, 0);
  EXPECT_EQ(Import({}, file).ending, Ending::kDone);
  const TypedRun again = Import({"--json"}, file);
  EXPECT_EQ(again.ending, Ending::kDone);
  EXPECT_EQ(Staged(), 3);
  EXPECT_THAT(again.output,
              HasSubstr("\"rows_read\":3,\"rows_refused\":0,\"records_held_back\":0,\"records\":3,\"new\":3,"));
}

TEST_F(ImportCommand, ReviewTellsTheNumberThatIssueNames) {
  const TypedRun review = Type(service_, {"review", "0123456789abcdef"});
  EXPECT_EQ(review.ending, Ending::kDone) << review.errors;
  EXPECT_THAT(review.output, HasSubstr("passportctl issue 0123456789abcdef --reviewed 7\n"));
  EXPECT_THAT(Type(service_, {"review", "0123456789abcdef", "--json"}).output, HasSubstr("\"reviewed_revision\":7"));
  const TypedRun issued = Type(service_, {"issue", "0123456789abcdef", "--reviewed", "7"});
  EXPECT_EQ(issued.ending, Ending::kDone) << issued.errors;
  EXPECT_EQ(service_.behaviour().issue.reviewed_revision(), 7U);
  const TypedRun stale = Type(service_, {"issue", "0123456789abcdef", "--reviewed", "6"});
  EXPECT_EQ(stale.ending, Ending::kRefused);
  EXPECT_THAT(stale.errors, HasSubstr("review it again"));
  EXPECT_EQ(Type(service_, {"issue", "0123456789abcdef", "--reviewed", "0"}).ending, Ending::kUsage);
  EXPECT_EQ(Type(service_, {"issue", "--employee-number", "1", "--kind", "employment", "--reviewed", "7"}).ending,
            Ending::kUsage);
}

TEST_F(ImportCommand, GoesOnWhenTheStreamBreaks) {
  service_.behaviour().break_stream_after_batches = 2;
  const TypedRun run = Import({}, CareHomeFile(900, 0));
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(Staged(), 900);
  EXPECT_EQ(service_.behaviour().streams, 2);
  EXPECT_THAT(run.output, HasSubstr("records           900"));
}

TEST_F(ImportCommand, SendsAgainWhatTheServiceCouldNotFinish) {
  service_.behaviour().unfinished_streams = 2;
  const TypedRun run = Import({}, CareHomeFile(450, 0));
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(Staged(), 450);
  EXPECT_THAT(run.output, HasSubstr("records           450"));
}

TEST_F(ImportCommand, GivesUpWhenNothingGetsThrough) {
  service_.behaviour().unfinished_streams = 1'000'000;
  const TypedRun run = Import({}, CareHomeFile(10, 0));
  EXPECT_EQ(run.ending, Ending::kUnavailable);
  EXPECT_THAT(run.errors, HasSubstr("The same command goes on"));
  EXPECT_EQ(service_.behaviour().streams, 4);
}

TEST_F(ImportCommand, TellsWhoIsNotEnrolled) {
  service_.behaviour().known_people = {"S1"};
  const TypedRun run = Import({}, CareHomeFile(2, 0));
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.output, HasSubstr("not_found"));
  EXPECT_EQ(Staged(), 1);
}

TEST_F(ImportCommand, EnrolsPeopleAndKeepsTheirCodesPrivate) {
  service_.behaviour().known_people = {"S1"};
  const TypedRun run = Import({"--enrol", "--codes-out", Path("codes.csv")}, CareHomeFile(3, 0));
  EXPECT_EQ(run.ending, Ending::kDone) << run.errors;
  EXPECT_EQ(Staged(), 3);
  EXPECT_EQ(Content(Path("codes.csv")), "employee_number,passport_code\nS2,code-of-S2\nS3,code-of-S3\n");
  struct stat about {};
  ASSERT_EQ(stat(Path("codes.csv").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_THAT(run.output + run.errors, Not(HasSubstr("code-of")));
}

TEST_F(ImportCommand, RefusesAFileOfOtherColumnsWhole) {
  const TypedRun run = Import({}, Write("file.csv", "Name,Secret\nFlorrie,x\n"));
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.errors, HasSubstr("file_header"));
  EXPECT_THAT(run.output + run.errors, Not(HasSubstr("Florrie")));
  EXPECT_EQ(Staged(), 0);
}

TEST_F(ImportCommand, RefusesAnotherFormatThanTheOneNamed) {
  const TypedRun run = Import({"--format", "hr_csv"}, CareHomeFile(1, 0));
  EXPECT_EQ(run.ending, Ending::kRefused);
  EXPECT_THAT(run.errors, HasSubstr("care_home_csv"));
  EXPECT_EQ(Staged(), 0);
}

TEST_F(ImportCommand, NeverWritesItsResultsOverTheFile) {
  const std::string file = CareHomeFile(1, 0);
  const std::string before = Content(file);
  EXPECT_EQ(Import({"--results", service_.tls() + "/./file.csv"}, file).ending, Ending::kUsage);
  EXPECT_EQ(Content(file), before);
}

TEST_F(ImportCommand, NamesAFileThatIsNotThere) {
  const TypedRun run = Import({}, Path("absent.csv"));
  EXPECT_EQ(run.ending, Ending::kUsage);
  EXPECT_THAT(run.errors, HasSubstr("absent.csv"));
}

TEST_F(ImportCommand, SaysWhenTheResultsCanNotBeWritten) {
  EXPECT_EQ(Import({"--results", "/dev/full"}, CareHomeFile(1, 0)).ending, Ending::kUsage);
}

}  // namespace
}  // namespace passport
