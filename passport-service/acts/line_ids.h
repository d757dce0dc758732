// The ids a caller has used for its lines in one call, so that one that comes twice is noticed.
//
// Of each id 64 bits of a digest under a key of the call are kept: about 16 MB for a million ids, whatever their length
// and whoever chose them. That two ids share these bits comes once in some ten million calls of a million lines; the
// second line is then refused, and goes through in the next call. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "credential/vocabulary/random.h"

namespace passport {

class LineIds {
 public:
  explicit LineIds(Random& random);
  // False when it was there already.
  bool Add(std::string_view id);
  std::size_t size() const { return size_; }
  std::size_t held_bytes() const { return slots_.size() * sizeof(std::uint64_t); }

 private:
  std::uint64_t NameOf(std::string_view id) const;
  bool Put(std::uint64_t name);
  void Grow();
  std::array<std::uint8_t, 16> key_;
  std::vector<std::uint64_t> slots_;  // a power of two, at most half of them taken; 0: free
  std::size_t size_ = 0;
};

}  // namespace passport
