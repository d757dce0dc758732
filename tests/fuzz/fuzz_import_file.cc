// An employer's file of any bytes: must never crash, must hold bounded memory, must say the same however it is
// portioned, and must account for every row once,
// must be written back whatever it holds, and must count its faults in bounded memory.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "credential/encoding/utf8.h"
#include "credential/vocabulary/instant.h"
#include "operator-cli/import/competence_table.h"
#include "operator-cli/import/import_reader.h"
#include "operator-cli/import/result_file.h"
#include "operator-cli/import/row_faults.h"

namespace {

constexpr std::string_view kTable =
    "Competence,Subject,Level,Framework,Assessed By\n"
    "NHS|CSTF|Fire Safety|,fire_safety,1,cstf,e_learning_assessment\n"
    "Fire Safety,fire_safety,1,cstf,e_learning_assessment\n"
    "*|LOCAL|Lone Working|,lone_working,1,local,e_learning_assessment\n";

void Require(bool holds) {
  if (!holds) std::abort();
}

// Hears of everything, counts it, and writes the file back as it goes.
class Tally : public passport::ImportVisitor {
 public:
  Tally()
      : result_file_([this](std::string_view bytes) -> passport::Result<void> {
          written.append(bytes);
          return {};
        }) {}
  void OnRow(const passport::SourceRow& row) override {
    using Kind = passport::SourceRow::Kind;
    Require((row.kind == Kind::kHeader) == written.empty());
    if (row.kind == Kind::kHeader) {
      Require(result_file_.Header(row, {}).ok());
    } else if (row.kind == Kind::kBlank) {
      Require(result_file_.Blank(row).ok());
    } else {
      Require(result_file_.Row(row, {"refused", "=1+1", "say \"why\", please"}).ok());
    }
  }
  void OnRecord(passport::ImportedRecord record) override {
    told += record.request_key;
    for (const auto& field : record.fields) told.append(field.name).append(field.value);
    Require(!record.keys.empty());
    for (const auto& key : record.keys) told.append(key.value);
    ++records;
  }
  void OnRowFault(passport::RowFault fault) override {
    told += std::to_string(fault.line) + fault.column + fault.fault.detail;
    Require(fault.other_line < fault.line);
    faults.Add(fault);
  }
  std::string told;
  std::string written;
  std::uint64_t records = 0;
  passport::RowFaults faults{3};

 private:
  passport::ResultFile result_file_;
};

std::string ReadBy(std::string_view bytes, std::size_t portion_bytes, const passport::CompetenceTable& table) {
  Tally tally;
  const passport::CivilDay today = passport::CivilDay::Of(2026, 11, 22).value();
  const passport::ImportTerms terms{.today = today, .checker_role = "hr_officer", .checked_on = today, .salt = 1};
  passport::ImportReader reader(table, terms, tally);
  passport::Result<void> read;
  for (std::size_t at = 0; at < bytes.size() && read.ok(); at += portion_bytes) {
    read = reader.Feed(bytes.substr(at, portion_bytes));
    Require(reader.buffered_bytes() < passport::kReaderBytesMax);
  }
  if (read.ok()) read = reader.Finish();
  const auto progress = reader.progress();
  Require(tally.records == progress.records && tally.faults.total() == progress.rows_refused);
  std::uint64_t counted = 0;
  for (const auto& count : tally.faults.Counts()) counted += count.rows;
  Require(counted == progress.rows_refused);
  Require(!passport::FirstByteNotUtf8(tally.written));
  Require(progress.rows_refused <= progress.rows_read);
  if (!read.ok()) tally.told += read.fault().detail;
  return tally.told + tally.written;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kCompetences = passport::CompetenceTable::Parse(kTable).value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Require(ReadBy(bytes, size + 1U, kCompetences) == ReadBy(bytes, 7, kCompetences));
  static_cast<void>(passport::CompetenceTable::Parse(bytes));
  return 0;
}
