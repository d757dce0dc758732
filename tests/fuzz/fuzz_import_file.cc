// An employer's file of any bytes: must never crash, must hold bounded memory, must say the same however it is
// portioned, and must account for every row once.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "credential/vocabulary/instant.h"
#include "operator-cli/import/competence_table.h"
#include "operator-cli/import/import_reader.h"

namespace {

constexpr std::string_view kTable =
    "Competence,Subject,Level,Framework,Assessed By\n"
    "NHS|CSTF|Fire Safety|,fire_safety,1,cstf,e_learning_assessment\n"
    "Fire Safety,fire_safety,1,cstf,e_learning_assessment\n"
    "*|LOCAL|Lone Working|,lone_working,1,local,e_learning_assessment\n";

class Tally : public passport::ImportVisitor {
 public:
  void OnRecord(passport::ImportedRecord record) override {
    told += record.request_key;
    for (const auto& field : record.fields) told.append(field.name).append(field.value);
    ++records;
  }
  void OnRowFault(passport::RowFault fault) override {
    told += std::to_string(fault.line) + fault.column + fault.fault.detail;
    ++faults;
  }
  std::string told;
  std::uint64_t records = 0;
  std::uint64_t faults = 0;
};

void Require(bool holds) {
  if (!holds) std::abort();
}

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
  Require(tally.records == progress.records && tally.faults == progress.rows_refused);
  Require(progress.rows_refused <= progress.rows_read);
  if (!read.ok()) tally.told += read.fault().detail;
  return tally.told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kCompetences = passport::CompetenceTable::Parse(kTable).value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Require(ReadBy(bytes, size + 1U, kCompetences) == ReadBy(bytes, 7, kCompetences));
  static_cast<void>(passport::CompetenceTable::Parse(bytes));
  return 0;
}
