// The refused rows of a file in bounded memory: the first kept whole, all of them counted.
//
// A file of 100,000 bad rows mostly has one thing wrong 100,000 times: the counts say so, by column, reason and class
// of value. Never holds what stood in a cell. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "operator-cli/import/imported_record.h"

namespace passport {

inline constexpr std::size_t kFaultsKeptMax = 1000;
// Columns are ours, so there are no more of these than columns times reasons of rows times classes.
inline constexpr std::size_t kFaultCountsMax = 2000;

class RowFaults {
 public:
  explicit RowFaults(std::size_t kept_max = kFaultsKeptMax) : kept_max_(kept_max) {}

  void Add(const RowFault& fault);

  struct Count {
    std::string column;  // empty: the row as a whole
    Reason reason;
    ValueClass value_class;
    std::uint64_t rows;
    std::uint64_t first_line;
  };
  // The most frequent first, then by column, reason and class. Their rows add up to total().
  std::vector<Count> Counts() const;
  // The first ones, in the order of the file.
  const std::vector<RowFault>& kept() const { return kept_; }
  std::uint64_t total() const { return total_; }
  // Counted, not kept.
  std::uint64_t not_kept() const { return total_ - kept_.size(); }
  // Memory held at this moment, of the texts too.
  std::size_t buffered_bytes() const;

 private:
  using Key = std::tuple<std::string, Reason, ValueClass>;
  struct Tally {
    std::uint64_t rows = 0;
    std::uint64_t first_line = 0;
  };

  std::size_t kept_max_;
  std::uint64_t total_ = 0;
  std::vector<RowFault> kept_;
  std::map<Key, Tally> counts_;
};

// What to do about a fault: by the class of value in its cell, or by the reason when it is the row as a whole or about
// more than one row. A text of ours.
std::string_view RemedyOf(const RowFault& fault);
// What whoever sends the file does about a record that the service refused for this reason.
std::string_view RemedyOf(Reason refused);

}  // namespace passport
