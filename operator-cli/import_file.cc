#include "operator-cli/import_file.h"

#include <utility>

#include "credential/crypto/sha256.h"

namespace passport {
namespace {

class Contradictions final : public RowObserver {
 public:
  explicit Contradictions(std::set<std::uint64_t>& lines) : lines_(lines) {}
  void OnRowFault(const RowFault& fault) override {
    if (fault.other_line != 0) lines_.insert(fault.other_line);
  }

 private:
  std::set<std::uint64_t>& lines_;
};

std::string Hex(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

// The reader keeps name and birth date in one key: "1975-07-13 example-avocet, florrie".
void TakeApart(std::string_view name_and_birth_date, ImportKeys& keys) {
  constexpr std::size_t kDayBytes = 10;
  if (name_and_birth_date.size() <= kDayBytes) return;
  keys.date_of_birth = name_and_birth_date.substr(0, kDayBytes);
  keys.name = name_and_birth_date.substr(kDayBytes + 1);
}

ImportKeys KeysOf(const std::vector<MatchKey>& keys) {
  ImportKeys of;
  for (const MatchKey& key : keys) {
    switch (key.kind) {
      case MatchKeyKind::kEmployeeNumber:
        break;  // stands beside the keys
      case MatchKeyKind::kAssignmentNumber:
        of.assignment_number = key.value;
        break;
      case MatchKeyKind::kNationalInsuranceNumber:
        of.national_insurance_number = key.value;
        break;
      case MatchKeyKind::kRegistrationNumber:
        of.registration_numbers.push_back(key.value);
        break;
      case MatchKeyKind::kNameAndBirthDate:
        TakeApart(key.value, of);
        break;
    }
  }
  return of;
}

}  // namespace

Result<FileFacts> ReadAhead(const std::string& path, const FileRecords::Terms& terms) {
  constexpr int kNoStandardInput = -1;  // "-" is refused before
  TRY_ASSIGN(OpenFile file, OpenFile::ForReading(path, kNoStandardInput));
  FileFacts facts{.digest = {},
                  .records = 0,
                  .format = ImportFormat::kCareHomeCsv,
                  .encoding = {},
                  .progress = {},
                  .contradicted = {}};
  Contradictions contradictions(facts.contradicted);
  FileRecords records(std::move(file), terms, contradictions);
  Digest digest{};
  while (const std::optional<PlacedRecord> placed = records.Next()) {
    std::string chained(digest.begin(), digest.end());
    chained += std::to_string(placed->record.line) + "-" + std::to_string(placed->part) + " ";
    chained += placed->record.request_key;
    digest = Sha256(chained);
    ++facts.records;
  }
  if (records.fault()) return *records.fault();
  facts.digest = Hex(digest);
  facts.format = records.reader().format().value_or(ImportFormat::kCareHomeCsv);
  facts.encoding = records.reader().encoding();
  facts.progress = records.reader().progress();
  return facts;
}

ImportOrder OrderOf(PlacedRecord placed) {
  ImportedRecord& record = placed.record;
  ImportOrder order{.line = record.line,
                    .part = placed.part,
                    .employee_number = std::move(record.employee_number),
                    .keys = KeysOf(record.keys),
                    .record = {.kind = std::string(record.kind), .fields = {}}};
  for (ImportedField& field : record.fields) order.record.fields.emplace(field.name, std::move(field.value));
  return order;
}

}  // namespace passport
