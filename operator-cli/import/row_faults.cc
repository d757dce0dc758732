#include "operator-cli/import/row_faults.h"

#include <algorithm>

#include "credential/vocabulary/reason.h"

namespace passport {

void RowFaults::Add(const RowFault& fault) {
  ++total_;
  if (kept_.size() < kept_max_) kept_.push_back(fault);
  Key key(fault.column, fault.fault.reason, fault.value_class);
  // A caller with columns of its own making would find the last count shared, not the memory grown.
  if (counts_.size() >= kFaultCountsMax && !counts_.contains(key)) {
    key = Key("", fault.fault.reason, ValueClass::kWholeRow);
  }
  Tally& tally = counts_[key];
  if (tally.rows == 0) tally.first_line = fault.line;
  ++tally.rows;
}

std::vector<RowFaults::Count> RowFaults::Counts() const {
  std::vector<Count> counts;
  for (const auto& [key, tally] : counts_) {
    counts.push_back({.column = std::get<std::string>(key),
                      .reason = std::get<Reason>(key),
                      .value_class = std::get<ValueClass>(key),
                      .rows = tally.rows,
                      .first_line = tally.first_line});
  }
  std::stable_sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) { return a.rows > b.rows; });
  return counts;
}

std::size_t RowFaults::buffered_bytes() const {
  std::size_t bytes = kept_.capacity() * sizeof(RowFault) + counts_.size() * (sizeof(Key) + sizeof(Tally));
  for (const RowFault& fault : kept_) bytes += fault.column.capacity() + fault.fault.detail.capacity();
  return bytes;
}

std::string_view RemedyOf(const RowFault& fault) {
  if (fault.value_class == ValueClass::kWholeRow) return TextOf(fault.fault.reason).remedy;
  return TextOf(fault.value_class).remedy;
}

std::string_view RemedyOf(Reason refused) {
  if (refused == Reason::kNotFound) return "Correct the number, or enrol the person: import with --enrol does.";
  return TextOf(refused).remedy;
}

}  // namespace passport
