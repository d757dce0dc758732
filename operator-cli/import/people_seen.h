// The date of birth each person of a file was given first, so that a second one is noticed.
//
// Memory is bounded: 16 bytes a person in a table at most half full, so at most 32 MiB, and while it grows half as much
// again. Numbers of people are kept as 64 bits of a salted SHA-256 only. Past kPeopleMax people nobody is forgotten,
// but newcomers are no longer compared, and that is said. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::size_t kPeopleMax = 1'000'000;

class PeopleSeen {
 public:
  explicit PeopleSeen(std::uint64_t salt, std::size_t people_max = kPeopleMax) : salt_(salt), people_max_(people_max) {}

  enum class Seen : std::uint8_t { kAgrees, kDisagrees, kNotCompared };
  struct Answer {
    Seen seen;
    std::uint64_t line;  // kDisagrees: where the person was given the other date
  };
  // `person` is any text that is one person's within the file. Remembers the first date of each.
  Answer Compare(std::string_view person, CivilDay born_on, std::uint64_t line);

  std::size_t people() const { return count_; }
  std::size_t buffered_bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint64_t person = 0;  // 0: free
    std::int32_t day = 0;      // year * 10000 + month * 100 + day
    std::uint32_t line = 0;    // the last line that fits if the file is longer
  };
  static_assert(sizeof(Slot) == 16);

  std::uint64_t Hash(std::string_view person) const;
  // Where the person stands, or the free slot where it would.
  std::size_t Find(std::uint64_t person) const;
  void Grow();

  std::uint64_t salt_;
  std::size_t people_max_;
  std::size_t count_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace passport
