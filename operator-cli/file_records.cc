#include "operator-cli/file_records.h"

#include <array>
#include <utility>

namespace passport {

FileRecords::FileRecords(OpenFile file, const Terms& terms, RowObserver& observer)
    : file_(std::move(file)),
      format_(terms.format),
      observer_(observer),
      reader_(terms.competences, terms.import, *this) {}

void FileRecords::OnRecord(ImportedRecord record) {
  observer_.OnRecord(record);
  next_part_ = record.line == last_line_ ? next_part_ + 1 : 0;
  last_line_ = record.line;
  waiting_.push_back({.record = std::move(record), .part = next_part_});
}

Result<void> FileRecords::ReadPortion() {
  std::array<char, std::size_t{64} * 1024> portion;
  TRY_ASSIGN(const std::size_t count, file_.Read(portion));
  if (count == 0) {
    ended_ = true;
    TRY(reader_.Finish());
  } else {
    TRY(reader_.Feed({portion.data(), count}));
  }
  if (format_ && reader_.format() && *format_ != *reader_.format()) {
    return Fault{Reason::kFileHeader, "",
                 "the columns are those of " + std::string(WordOf(*reader_.format())) + ", not of " +
                     std::string(WordOf(*format_))};
  }
  return {};
}

std::optional<PlacedRecord> FileRecords::Next() {
  while (waiting_.empty() && !ended_ && !fault_) {
    const Result<void> read = ReadPortion();
    if (!read.ok()) {
      fault_ = read.fault();
      waiting_.clear();
    }
  }
  if (waiting_.empty()) return std::nullopt;
  PlacedRecord record = std::move(waiting_.front());
  waiting_.pop_front();
  return record;
}

}  // namespace passport
