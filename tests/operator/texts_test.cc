#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "keys/secret_text.h"
#include "operator-cli/passport_codes.h"
#include "terminal/files.h"
#include "terminal/plain_text.h"
#include "terminal/table.h"

namespace passport {
namespace {

TEST(PlainText, NothingSteersATerminal) {
  EXPECT_EQ(Plain("Ouzel Valley"), "Ouzel Valley");
  EXPECT_EQ(Plain("Zo\xc3\xab"), "Zo\xc3\xab");
  EXPECT_EQ(Plain("a\x1b[2Jb\n"), "a?[2Jb?");
  EXPECT_EQ(Plain("a\xc2\x9b"
                  "b"),
            "a?b");  // C1
  EXPECT_EQ(Plain("a\xe2\x80\xae"
                  "b"),
            "a?b");  // right to left override
  EXPECT_EQ(Plain("a\xe2\x81\xa6"
                  "b"),
            "a?b");  // isolate
  EXPECT_EQ(Plain("a\xff\xfe"
                  "b"),
            "a??b");                                 // not UTF-8
  EXPECT_EQ(Plain("a\xe2\x82"), "a??");              // cut short
  EXPECT_EQ(Plain("\xe2\x82\xac"), "\xe2\x82\xac");  // a euro sign is no mark
}

TEST(PlainText, CsvFieldsStayFields) {
  EXPECT_EQ(CsvField("plain"), "plain");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(CsvField("two\nlines"), "two?lines");
  EXPECT_EQ(CsvField("=cmd()"), "'=cmd()");
  EXPECT_EQ(CsvField("-Qx7"), "-Qx7");
}

TEST(PlainText, WritesInstantsInUtc) { EXPECT_EQ(UtcText(Instant{1795335999}), "2026-11-22T08:26:39Z"); }

TEST(Table, ColumnsAreAsWideAsTheirWidestCell) {
  Table table({"line", "reason"});
  table.Add({"7", "record_field"});
  table.Add({"1203", "too\told"});
  std::ostringstream out;
  table.Print(out);
  EXPECT_EQ(out.str(), "line  reason\n7     record_field\n1203  too?old\n");
}

TEST(Table, CountsCharactersAndNotBytes) {
  Table table({"name", "state"});
  table.Add({"Zo\xc3\xab", "current"});
  std::ostringstream out;
  table.Print(out);
  EXPECT_EQ(out.str(), "name  state\nZo\xc3\xab   current\n");
}

TEST(Table, WithoutRowsPrintsNothing) {
  std::ostringstream out;
  Table({"line"}).Print(out);
  EXPECT_EQ(out.str(), "");
}

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "operator-files-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  static unsigned ModeOf(const std::string& path) {
    struct stat about {};
    return stat(path.c_str(), &about) == 0 ? about.st_mode & 0777U : 0U;
  }
  static std::string Content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::string folder_;
};

TEST_F(Files, PassportCodesAreForTheirOwnerAndLinesAreAdded) {
  const std::string path = Path("codes.csv");
  {
    PassportCodesFile codes = PassportCodesFile::Open(path).value();
    ASSERT_TRUE(codes.Add("20310001", SecretOf("code-one")).ok());
  }
  PassportCodesFile codes = PassportCodesFile::Open(path).value();
  ASSERT_TRUE(codes.Add("20310014", SecretOf("code-two")).ok());
  EXPECT_EQ(Content(path), "employee_number,passport_code\n20310001,code-one\n20310014,code-two\n");
  EXPECT_EQ(ModeOf(path), 0600U);
}

TEST_F(Files, PassportCodesAreNotAddedToAFileThatOthersMayRead) {
  const std::string path = Path("codes.csv");
  std::ofstream(path) << "x";
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  EXPECT_EQ(PassportCodesFile::Open(path).fault().reason, Reason::kKeyPermissions);
}

TEST_F(Files, APrivateFileIsNeverOverwritten) {
  const std::string path = Path("code");
  ASSERT_TRUE(OpenFile::PrivateNew(path).ok());
  EXPECT_EQ(ModeOf(path), 0600U);
  const Fault again = OpenFile::PrivateNew(path).fault();
  EXPECT_EQ(again.reason, Reason::kFileUnreadable);
  EXPECT_EQ(again.detail, path + " is there already and is not overwritten; name another file");
}

TEST_F(Files, APassportCodeIsTheFirstLine) {
  std::ofstream(Path("code")) << "abc-_DEF\r\nnot this\n";
  EXPECT_EQ(TextOf(ReadPassportCode(Path("code"), 0).value()), "abc-_DEF");
  std::ofstream(Path("empty")) << "\nabc\n";
  EXPECT_EQ(ReadPassportCode(Path("empty"), 0).fault().reason, Reason::kFileUnreadable);
  EXPECT_EQ(ReadPassportCode(Path("absent"), 0).fault().reason, Reason::kFileUnreadable);
}

TEST_F(Files, TextIsReadUpToItsLimit) {
  std::ofstream(Path("text")) << "12345";
  EXPECT_EQ(ReadText(Path("text"), 0, 5).value(), "12345");
  EXPECT_EQ(ReadText(Path("text"), 0, 4).fault().reason, Reason::kLimit);
  EXPECT_EQ(ReadText(folder_, 0, 4).fault().reason, Reason::kFileUnreadable);
}

}  // namespace
}  // namespace passport
