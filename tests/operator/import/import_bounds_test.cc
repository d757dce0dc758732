#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

constexpr std::string_view kRow = "7,,NHS|CSTF|Fire Safety|,,30-Nov-2024,x,Ms.,457\n";

TEST(ImportBounds, ALineOfAGigabyteIsOneRefusedRowAndHoldsNoMemory) {
  ImportDesk desk;
  ImportReader reader(ShippedCompetences(), TestTerms(), desk);
  const std::string portion(1U << 20U, 'A');
  std::size_t largest = 0;
  ASSERT_TRUE(reader.Feed(kEsrHeader).ok());
  for (int i = 0; i < 1024; ++i) {
    ASSERT_TRUE(reader.Feed(portion).ok());
    largest = std::max(largest, reader.buffered_bytes());
  }
  ASSERT_TRUE(reader.Feed("\n").ok());
  ASSERT_TRUE(reader.Feed(kRow).ok());
  ASSERT_TRUE(reader.Finish().ok());
  EXPECT_LT(largest, kReaderBytesMax);
  ASSERT_EQ(desk.faults.size(), 1U);
  EXPECT_EQ(desk.faults[0].line, 2U);
  EXPECT_EQ(desk.faults[0].fault.reason, Reason::kRowTooLong);
  ASSERT_EQ(desk.records.size(), 1U);
  EXPECT_EQ(desk.records[0].line, 3U);
}

TEST(ImportBounds, MemoryStaysBoundedForRowsOfTheLimitInAnyPortion) {
  for (const std::string& row :
       {std::string(65536, 'A'), std::string(65536, ','), "\"" + std::string(65534, '\n') + "\""}) {
    ImportDesk desk;
    ImportReader reader(ShippedCompetences(), TestTerms(), desk);
    std::size_t largest = 0;
    const std::string text = std::string(kEsrHeader) + row + "\n" + row + "A\n";
    for (std::size_t at = 0; at < text.size(); at += 1021) {
      ASSERT_TRUE(reader.Feed(std::string_view(text).substr(at, 1021)).ok());
      largest = std::max(largest, reader.buffered_bytes());
    }
    ASSERT_TRUE(reader.Finish().ok());
    EXPECT_LT(largest, kReaderBytesMax);
  }
}

TEST(ImportBounds, AHeaderWithoutEndRefusesTheFileBeforeItIsReadWhole) {
  ImportDesk desk;
  ImportReader reader(ShippedCompetences(), TestTerms(), desk);
  Result<void> fed;
  int portions = 0;
  while (fed.ok() && portions < 100) {
    fed = reader.Feed(std::string(65536, 'A'));
    ++portions;
  }
  ASSERT_FALSE(fed.ok());
  EXPECT_EQ(fed.fault().reason, Reason::kRowTooLong);
  EXPECT_LE(portions, 3);
}

TEST(ImportBounds, AHeaderThatIsTooLongIsRefusedInTheSameWordsHoweverItIsCut) {
  const std::string text = std::string(70000, 'A') + "\n" + std::string(kRow);
  for (const std::size_t portion : {std::size_t{1021}, text.size()}) {
    ImportDesk desk;
    EXPECT_EQ(desk.Read(text, portion).fault().detail, "the header is longer than 65536 bytes") << portion;
  }
}

TEST(ImportBounds, AQuoteThatIsNeverClosedIsAFaultOfTheLineItOpenedOn) {
  ImportDesk desk;
  ASSERT_TRUE(
      desk.Read(std::string(kEsrHeader) + std::string(kRow) + "1,\"a\nb\",\"NHS|CSTF|Fire\n" + std::string(kRow)).ok());
  ASSERT_EQ(desk.faults.size(), 1U);
  EXPECT_EQ(desk.faults[0].line, 4U);
  EXPECT_EQ(desk.faults[0].fault.reason, Reason::kRowFields);
  EXPECT_EQ(desk.progress.rows_read, 2U);
}

TEST(ImportBounds, AWrongHeaderRefusesTheFileAndNamesTheColumns) {
  struct Case {
    std::string header;
    Reason reason;
    std::string_view says;
  };
  const std::string esr(kEsrHeader);
  const std::vector<Case> cases = {
      {"", Reason::kFileHeader, "empty"},
      {"\n\n", Reason::kFileHeader, "empty"},
      {"\xEF\xBB\xBF", Reason::kFileHeader, "no column"},
      {"Name,Course,When\n", Reason::kFileHeader, "no column"},
      {"Employee Number,Assignment Number,Competency Name,Expiry Date,Last Updated By,Title\n", Reason::kFileHeader,
       "missing: Date Start, VPD"},
      {esr.substr(0, esr.size() - 1) + ",Offences\n", Reason::kFileHeader, "not of this format: column 9"},
      {esr.substr(0, esr.size() - 1) + ",VPD\n", Reason::kFileHeader, "there twice: VPD"},
      {esr.substr(0, esr.size() - 1) + ",,Offences\n", Reason::kFileHeader, "not of this format: column 9, 10"},
      {std::string(300, ',') + "\n", Reason::kFileHeader, "200"},
      {"Employee Number;Assignment Number;Competency Name\n", Reason::kFileHeader, "no column"},
      {std::string("\xFF\xFE"
                   "E\0m\0",
                   6) +
           "\n",
       Reason::kFileEncoding, "byte offset 0"},
      {std::string("\xFE\xFF\0E\0m", 6) + "\n", Reason::kFileEncoding, "Unicode text"},
      {std::string("E\0m\0", 4) + "\n", Reason::kFileEncoding, "UTF-16"},
      {"Employee Number,Zo\x81\n", Reason::kFileEncoding, "byte offset 18"},
      {"\xEF\xBB\xBF"
       "Employee Number,Zo\xEB\n",
       Reason::kFileEncoding, "byte order mark"},
      {"Employee Number,Zo\xEB\n", Reason::kFileHeader, "column 2"},
      {"Course Title,Completion Date,Status,E-mail\n", Reason::kFileHeader, "says who the learner is"},
      {"Course Title,Course Name,Completion Date,Status,Learner ID\n", Reason::kFileHeader,
       "there twice: Course Title"},
      {"\"Employee Number,VPD\n", Reason::kRowFields, "never closed"},
  };
  for (const Case& one : cases) {
    for (const std::size_t portion : {std::size_t{1}, std::size_t{4096}}) {
      ImportDesk desk;
      const auto read =
          desk.Read(one.header + (one.header.empty() || one.header.size() < 4 ? "" : std::string(kRow)), portion);
      ASSERT_FALSE(read.ok()) << one.header;
      EXPECT_EQ(read.fault().reason, one.reason) << one.header;
      EXPECT_NE(read.fault().detail.find(one.says), std::string::npos) << read.fault().detail;
      EXPECT_TRUE(desk.records.empty() && desk.faults.empty()) << one.header;
    }
  }
}

TEST(ImportBounds, ARefusedFileStaysRefused) {
  ImportDesk desk;
  ImportReader reader(ShippedCompetences(), TestTerms(), desk);
  ASSERT_FALSE(reader.Feed("a,b\n").ok());
  EXPECT_EQ(reader.Feed(kEsrHeader).fault().reason, Reason::kFileHeader);
  EXPECT_EQ(reader.Finish().fault().reason, Reason::kFileHeader);
  EXPECT_FALSE(reader.format());
}

TEST(ImportBounds, TakesByteOrderMarkCrlfAnyColumnOrderAndEmptyRowsAnywhere) {
  ImportDesk desk;
  ASSERT_TRUE(
      desk.Read("\xEF\xBB\xBF\"vpd\",Title,Last Updated By,DATE START,Expiry Date,Competency Name,Assignment Number,"
                "Employee Number\r\n\r\n,,,,,,,\r\n457,,,30-Nov-2024,,Fire Safety,,20110001\r\n,,,,\r\n\"\",\r\n \r\n")
          .ok());
  ASSERT_EQ(desk.records.size(), 1U) << desk.Told();
  EXPECT_EQ(desk.records[0].employee_number, "20110001");
  EXPECT_EQ(desk.records[0].line, 4U);
  EXPECT_EQ(desk.progress.rows_read, 1U);
}

}  // namespace
}  // namespace passport
