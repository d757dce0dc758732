// A file of a million rows, made as it is read: memory stays where it is.
#include <algorithm>
#include <string>

#include "operator-cli/import/row_faults.h"
#include "tests/operator/import/import_cases.h"
#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

constexpr std::uint64_t kRows = 1'000'000;
constexpr std::uint64_t kPeople = 200'000;  // five courses each

class Tally : public ImportVisitor {
 public:
  void OnRecord(ImportedRecord record) override {
    ++records;
    last_line = record.line;
  }
  void OnRowFault(RowFault fault) override { faults.Add(fault); }
  std::uint64_t records = 0;
  std::uint64_t last_line = 0;
  RowFaults faults;
};

// Every hundredth row is not completed, every thousandth gives its person another date of birth.
void AppendRow(std::uint64_t i, std::string& text) {
  text.append(",").append(std::to_string(i % kPeople)).append(",,Florrie,Example,,");
  text.append(i % 1000 == 999 && i >= kPeople ? "1990-01-02" : "1990-01-01");
  text.append(",,,Fire Safety,,2026-01-15,,").append(i % 100 == 0 ? "Failed" : "Completed").append(",,\n");
}

TEST_F(Import, ReadsAMillionRowsInBoundedMemory) {
  Tally tally;
  ImportReader reader(ShippedCompetences(), TestTerms(), tally);
  ASSERT_TRUE(reader.Feed(kLearningHeader).ok());
  std::string portion;
  std::size_t largest = 0;
  for (std::uint64_t i = 0; i < kRows; ++i) {
    AppendRow(i, portion);
    if (portion.size() < 60000 && i + 1 < kRows) continue;
    ASSERT_TRUE(reader.Feed(portion).ok());
    portion.clear();
    largest = std::max(largest, reader.buffered_bytes());
  }
  ASSERT_TRUE(reader.Finish().ok());
  EXPECT_LT(largest, kReaderBytesMax);
  EXPECT_LE(reader.people_bytes(), std::size_t{32} << 20U);
  EXPECT_EQ(reader.progress().rows_read, kRows);
  EXPECT_EQ(reader.progress().people_not_compared, 0U);
  EXPECT_EQ(tally.last_line, kRows);
  const std::uint64_t failed = kRows / 100;
  const std::uint64_t conflicts = (kRows - kPeople) / 1000;
  EXPECT_EQ(tally.faults.total(), failed + conflicts);
  EXPECT_EQ(tally.records, kRows - failed - conflicts);
  EXPECT_LT(tally.faults.buffered_bytes(), std::size_t{1} << 20U);
  Case();
}

}  // namespace
}  // namespace passport
