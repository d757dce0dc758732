#include "operator-cli/import/result_file.h"

#include <string>
#include <vector>

#include "tests/operator/import/import_cases.h"
#include "tests/operator/import/import_desk.h"

namespace passport {
namespace {

// Reads a file and writes it back: "new" for every good row, "refused" and the detail for every other.
class Desk : public ImportVisitor {
 public:
  explicit Desk(const FileEncoding& encoding)
      : encoding_(encoding), file_([this](std::string_view bytes) -> Result<void> {
          written.append(bytes);
          return {};
        }) {}
  void OnRow(const SourceRow& row) override {
    Flush();
    if (row.kind == SourceRow::Kind::kHeader) {
      EXPECT_TRUE(file_.Header(row, encoding_).ok());
    } else if (row.kind == SourceRow::Kind::kBlank) {
      EXPECT_TRUE(file_.Blank(row).ok());
    } else {
      text_ = row.text;
      row_ = row;
    }
  }
  void OnRecord(ImportedRecord) override { result_ = {"new", "", ""}; }
  void OnRowFault(RowFault fault) override {
    detail_ = fault.fault.detail;
    result_ = {"refused", detail_, "=1+1"};
  }
  void Flush() {
    if (result_.result.empty()) return;
    row_.text = text_;
    EXPECT_TRUE(file_.Row(row_, result_).ok());
    result_ = {};
  }
  std::string written;

 private:
  const FileEncoding& encoding_;
  ResultFile file_;
  SourceRow row_{};
  std::string text_;
  std::string detail_;
  RowResult result_{};
};

std::string WrittenBack(std::string_view text, std::size_t portion = 4096) {
  ImportDesk first;  // to know the encoding of the whole file
  EXPECT_TRUE(first.Read(text).ok());
  Desk desk(first.encoding);
  ImportReader reader(ShippedCompetences(), TestTerms(), desk);
  for (std::size_t at = 0; at < text.size(); at += portion) EXPECT_TRUE(reader.Feed(text.substr(at, portion)).ok());
  EXPECT_TRUE(reader.Finish().ok());
  desk.Flush();
  return desk.written;
}

constexpr std::string_view kOurHeader = "Passport Result,Passport Detail,What To Do";
const std::string kEsr(kEsrHeader.substr(0, kEsrHeader.size() - 1));
const std::string kGood = "1,,Fire Safety,,30-Nov-2024,";
const std::string kEmptyDay = ",refused,Date Start: is empty,note: =1+1";

TEST_F(Import, WritesTheFileBackWithTheResultsAtItsEnd) {
  struct Given {
    std::string_view about;
    std::string text;
    std::string written;
  };
  const std::vector<Given> cases = {
      {"good and refused", kEsr + "\n" + kGood + "x,,457\n1,,Fire Safety,,,x,,457\n",
       kEsr + "," + std::string(kOurHeader) + "\n" + kGood + "x,,457,new,,\n1,,Fire Safety,,,x,,457" + kEmptyDay +
           "\n"},
      {"CRLF and no line end at the end", kEsr + "\r\n" + kGood + "x,,457",
       kEsr + "," + std::string(kOurHeader) + "\r\n" + kGood + "x,,457,new,,\r\n"},
      {"CR", kEsr + "\r" + kGood + "x,,457\r",
       kEsr + "," + std::string(kOurHeader) + "\r\n" + kGood + "x,,457,new,,\r\n"},
      {"formulas and quotes of the sender stand", kEsr + "\n" + kGood + "\"=1+1\",\"a \"\"b\"\", c\",457\n",
       kEsr + "," + std::string(kOurHeader) + "\n" + kGood + "\"=1+1\",\"a \"\"b\"\", c\",457,new,,\n"},
      {"byte order mark", "\xEF\xBB\xBF" + kEsr + "\n" + kGood + "Zo\xC3\xAB,,457\n",
       "\xEF\xBB\xBF" + kEsr + "," + std::string(kOurHeader) + "\n" + kGood + "Zo\xC3\xAB,,457,new,,\n"},
      {"UTF-8 without", kEsr + "\n" + kGood + "Zo\xC3\xAB,,457\n",
       kEsr + "," + std::string(kOurHeader) + "\n" + kGood + "Zo\xC3\xAB,,457,new,,\n"},
      {"Windows-1252 becomes UTF-8 with a mark", kEsr + "\n" + kGood + "Zo\xEB,,457\n",
       "\xEF\xBB\xBF" + kEsr + "," + std::string(kOurHeader) + "\n" + kGood + "Zo\xC3\xAB,,457,new,,\n"},
      {"empty lines keep the numbers of the others",
       "\n" + kEsr + "\n\n\n" + kGood + "\"a\n\nb\",,457\n\n" + kGood + "x,,457\n",
       "\n" + kEsr + "," + std::string(kOurHeader) + "\n\n\n" + kGood + "\"a\n\nb\",,457,new,,\n\n" + kGood +
           "x,,457,new,,\n"},
      {"a blank row has no result", kEsr + "\n,,,\n" + kGood + "x,,457\n",
       kEsr + "," + std::string(kOurHeader) + "\n,,,,,,,,,,\n" + kGood + "x,,457,new,,\n"},
      {"missing fields are added", kEsr + "\n1,,Fire Safety\n",
       kEsr + "," + std::string(kOurHeader) +
           "\n1,,Fire Safety,,,,,,refused,\"the row has 3 fields, the header 8\",note: =1+1\n"},
      {"an open quote is closed", kEsr + "\n1,,\"Fire\nSafety",
       kEsr + "," + std::string(kOurHeader) +
           "\n1,,\"Fire\nSafety\",,,,,,refused,a quote opened on this line is never closed; the file may have been cut "
           "short,note: =1+1\n"},
      {"results of an earlier import are replaced",
       kEsr + "," + std::string(kOurHeader) + "\n" + kGood + "x,,457,refused,\"so, so\",do\n",
       kEsr + "," + std::string(kOurHeader) + "\n" + kGood + "x,,457,new,,\n"},
      {"columns without a name stay", kEsr + ",,\n" + kGood + "x,,457,,\n" + kGood + "x,,457\n",
       kEsr + ",,," + std::string(kOurHeader) + "\n" + kGood + "x,,457,,,new,,\n" + kGood + "x,,457,,,new,,\n"},
      {"a row too long is empty", kEsr + "\n" + kGood + std::string(70000, 'x') + ",,457\n" + kGood + "x,,457\n",
       kEsr + "," + std::string(kOurHeader) + "\n,,,,,,,,refused,the row is longer than 65536 bytes,note: =1+1\n" +
           kGood + "x,,457,new,,\n"},
  };
  for (const Given& one : cases) {
    EXPECT_EQ(WrittenBack(one.text), one.written) << one.about;
    EXPECT_EQ(WrittenBack(one.text, 3), one.written) << one.about;
    Case();
  }
}

TEST_F(Import, ReadsAResultFileAsTheFileItCameFrom) {
  const std::string text =
      kEsr + "\r\n\r\n" + kGood + "Zo\xEB,,457\r\n1,,Fire Safety,,,x,,457\r\n,,\r\n" + kGood + "\"=x\",,457";
  ImportDesk once;
  ImportDesk again;
  ASSERT_TRUE(once.Read(text).ok());
  const std::string written = WrittenBack(text);
  ASSERT_TRUE(again.Read(written).ok());
  ASSERT_EQ(once.records.size(), 2U);
  ASSERT_EQ(again.records.size(), 2U) << again.Told();
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again.records[i].request_key, once.records[i].request_key);
    EXPECT_EQ(again.records[i].line, once.records[i].line);
  }
  EXPECT_EQ(WrittenBack(written), written);
  Case();
}

TEST_F(Import, SaysWhenTheResultFileCanNotBeWritten) {
  ResultFile file([](std::string_view) -> Result<void> {
    return Fault{Reason::kFileUnreadable, "", "the disk is full"};
  });
  const SourceRow header{.kind = SourceRow::Kind::kHeader, .line = 1, .text = "a,b", .ended_by_cr = false};
  EXPECT_EQ(file.Header(header, {}).fault().reason, Reason::kFileUnreadable);
  EXPECT_EQ(
      file.Row({.kind = SourceRow::Kind::kFilled, .line = 2, .text = "1,2", .ended_by_cr = false}, {}).fault().reason,
      Reason::kFileUnreadable);
  Case();
}

}  // namespace
}  // namespace passport
