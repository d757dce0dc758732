#include "operator-cli/import/row_faults.h"

#include <set>
#include <string>

#include "tests/operator/import/import_cases.h"
#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

class FaultDesk : public ImportVisitor {
 public:
  void OnRecord(ImportedRecord) override { ++records; }
  void OnRowFault(RowFault fault) override { faults.Add(fault); }
  RowFaults faults;
  std::uint64_t records = 0;
};

TEST_F(Import, CountsAHundredThousandBadRowsAndKeepsTheFirstThousand) {
  FaultDesk desk;
  ImportReader reader(ShippedCompetences(), TestTerms(), desk);
  ASSERT_TRUE(reader.Feed(kEsrHeader).ok());
  const std::string portion =
      "SECRETWORD!,,Fire Safety,,30-Nov-2024,x,,457\n"
      "1,,SECRETWORD,,30-Nov-2024,x,,457\n"
      "1,,Fire Safety,,SECRETWORD,x,,457\n"
      "1,,Fire Safety,,31-Jun-2024,x,,457\n"
      "1,,Fire Safety,,45292,x,,457\n"
      "1,,Fire Safety,,,x,,457\n"
      "1,,Fire Safety,,,x,,457\n"
      "1,,Fire Safety,,30-Nov-2024,x,,4S7\n"
      "1,,Fire Safety\n"
      "1,,Fire Safety,,30-Nov-2024,SECRET\"WORD,,457\n";
  for (int i = 0; i < 10000; ++i) ASSERT_TRUE(reader.Feed(portion).ok());
  ASSERT_TRUE(reader.Finish().ok());
  const RowFaults& faults = desk.faults;
  EXPECT_EQ(faults.total(), 100000U);
  EXPECT_EQ(reader.progress().rows_refused, 100000U);
  EXPECT_EQ(faults.kept().size(), kFaultsKeptMax);
  EXPECT_EQ(faults.not_kept(), 99000U);
  EXPECT_EQ(faults.kept().front().line, 2U);
  EXPECT_EQ(faults.kept().back().line, 1001U);
  EXPECT_LT(faults.buffered_bytes(), std::size_t{1} << 20U);
  std::string told;
  std::uint64_t sum = 0;
  for (const RowFaults::Count& count : faults.Counts()) {
    sum += count.rows;
    told += std::to_string(count.rows) + " " + count.column + " / " + std::string(WordOf(count.reason)) + " / " +
            std::string(WordOf(count.value_class)) + " from line " + std::to_string(count.first_line) + "\n";
    Case();
  }
  EXPECT_EQ(sum, 100000U);
  EXPECT_EQ(told,
            "20000  / row_fields / the row as a whole from line 10\n"
            "20000 Date Start / record_field / empty from line 7\n"
            "10000 Competency Name / record_field / not in the table of competences from line 3\n"
            "10000 Date Start / record_field / not a day in a form of this file from line 4\n"
            "10000 Date Start / record_field / a spreadsheet's day number from line 6\n"
            "10000 Date Start / record_field / a day that does not exist from line 5\n"
            "10000 Employee Number / record_field / another form from line 2\n"
            "10000 VPD / record_field / letters where digits are due from line 9\n");
  for (const RowFault& fault : faults.kept()) {
    EXPECT_EQ((fault.column + fault.fault.detail).find("SECRET"), std::string::npos) << fault.fault.detail;
    EXPECT_FALSE(RemedyOf(fault).empty());
  }
}

TEST_F(Import, StaysBoundedWhateverColumnsItIsTold) {
  RowFaults faults(3);
  for (std::size_t i = 0; i < 5000; ++i) {
    faults.Add({.line = i, .column = std::to_string(i), .fault = {Reason::kRecordField, "", ""}});
  }
  EXPECT_EQ(faults.kept().size(), 3U);
  EXPECT_LE(faults.Counts().size(), kFaultCountsMax + 1);
  std::uint64_t sum = 0;
  for (const RowFaults::Count& count : faults.Counts()) sum += count.rows;
  EXPECT_EQ(sum, 5000U);
  Case();
}

TEST_F(Import, HasAWordAndARemedyForEveryClassOfValue) {
  std::set<std::string_view> words;
  for (std::size_t i = 0; i < kValueClasses; ++i) {
    const ValueClassText& text = TextOf(static_cast<ValueClass>(i));
    EXPECT_FALSE(text.word.empty() || text.remedy.empty()) << i;
    words.insert(text.word);
    Case();
  }
  EXPECT_EQ(words.size(), kValueClasses);
}

}  // namespace
}  // namespace passport
