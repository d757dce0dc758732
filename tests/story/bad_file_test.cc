// Employers' files that are wrong, through passportctl: what is wrong is named, the good rows are signed, no more.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "samples/generator/world.h"
#include "tests/story/story_house.h"

namespace passport {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

constexpr int kRefused = 1;

Result<ProcessEnd> Ctl(const ServiceInFolder& service, std::vector<std::string> words) {
  words.insert(words.begin(), {"--server", service.address(), "--tls", service.client_folder(kStoryTrust)});
  return RunProcess({.program = service.Program("passportctl"), .words = std::move(words), .log = ""},
                    In(std::chrono::seconds(120)));
}

// passportctl import of that file, as the trust.
Result<ProcessEnd> Import(const ServiceInFolder& service, const std::string& file) {
  return Ctl(service, {"import", file, "--competences", "samples/competences.csv"});
}

// passportctl issue of what import staged.
Result<ProcessEnd> IssueWhatItSaid(const ServiceInFolder& service, const std::string& said) {
  constexpr std::string_view kHow = "then sign with:         issue ";
  const std::size_t at = said.find(kHow);
  if (at == std::string::npos) return Fault{Reason::kNotFound, "", "import told of nothing to sign"};
  const std::size_t id = at + kHow.size();
  return Ctl(service, {"issue", said.substr(id, said.find('\n', id) - id)});
}

TEST_F(Story, NamesWhatIsWrongInEachDamagedFile) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  const auto world = MakeWorld({.seed = 1, .today = CivilDay::Parse("2026-11-22").value()});
  ASSERT_TRUE(world.ok());
  for (const SampleFile& variant : world->variants) {
    SCOPED_TRACE(variant.path);
    const std::size_t before = AllCredentials().size();
    const std::string path = folder() + "/" + std::filesystem::path(variant.path).filename().string();
    ASSERT_TRUE(WriteWholeFile(path, variant.content).ok());
    const auto end = Import(service(), path);
    ASSERT_TRUE(end.ok()) << end.fault().detail;
    const std::string said = end->output + end->errors;
    EXPECT_EQ(end->exit_code, kRefused) << said;
    EXPECT_THAT(said, HasSubstr(variant.refused_with));
    for (const SampleBadRow& row : variant.bad_rows) {
      EXPECT_THAT(said, ContainsRegex("\n" + std::to_string(row.line) + " .*" + row.reason)) << "line and reason";
    }
    EXPECT_EQ(AllCredentials().size(), before) << "an import signs nothing";
    if (variant.refused_with.empty()) {
      const auto issued = IssueWhatItSaid(service(), end->output);
      ASSERT_TRUE(issued.ok()) << issued.fault().detail << said;
    }
    // The variants repeat one row, and the same fact is one record.
    EXPECT_LE(AllCredentials().size(), before + variant.records) << said;
  }
  EXPECT_GE(AllCredentials().size(), 1U);
  ASSERT_TRUE(service().Stop().ok());
  ExpectCleanHouse();
}

TEST_F(Story, ReadsOverALineOfAGigabyte) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  const std::string path = folder() + "/gigabyte.csv";
  const std::string header =
      "Employee Number,Assignment Number,Competency Name,Expiry Date,Date Start,Last Updated By,Title,VPD\n";
  const std::string row = "20310001,20310001,NHS|CSTF|Fire Safety - 2 Years|,30-Nov-2025,30-Nov-2023,TESTY,Ms.,903\n";
  const std::string later_row =
      "20310001,20310001,NHS|CSTF|Conflict Resolution - 3 Years|,30-Nov-2026,30-Nov-2023,TESTY,Ms.,903\n";
  ASSERT_TRUE(WriteWholeFile(path, header + row).ok());
  constexpr std::uintmax_t kGigabyte = std::uintmax_t{1} << 30;
  std::filesystem::resize_file(path, kGigabyte);  // takes no room on the disk
  std::ofstream(path, std::ios::app | std::ios::binary) << "\n" << later_row;
  const auto end = Import(service(), path);
  ASSERT_TRUE(end.ok()) << end.fault().detail;
  EXPECT_EQ(end->exit_code, kRefused) << end->output << end->errors;
  EXPECT_THAT(end->output + end->errors, HasSubstr("3"));
  const auto issued = IssueWhatItSaid(service(), end->output);
  ASSERT_TRUE(issued.ok()) << issued.fault().detail;
  EXPECT_EQ(issued->exit_code, 0) << issued->output << issued->errors;
  EXPECT_EQ(AllCredentials().size(), 2U) << "the rows before and after it are signed";
}

TEST_F(Story, NamesAServiceThatIsNotThere) {
  ASSERT_NO_FATAL_FAILURE(StartWithPeople());
  const std::string address = service().address();
  ASSERT_TRUE(service().Stop().ok());
  ASSERT_TRUE(WriteWholeFile(folder() + "/empty.csv", "").ok());
  const auto end = Import(service(), folder() + "/empty.csv");
  ASSERT_TRUE(end.ok()) << end.fault().detail;
  EXPECT_EQ(end->exit_code, 69) << end->output << end->errors;
  EXPECT_THAT(end->errors, HasSubstr(address));
}

}  // namespace
}  // namespace passport
