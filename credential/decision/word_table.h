// Words by number: the same word is the same number, so that comparing them is comparing numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace passport {

// Its number among the words of one table.
using WordNumber = std::uint32_t;
inline constexpr WordNumber kNoWord = std::numeric_limits<WordNumber>::max();

// Keeps a copy of every word it was given. Once it is filled, any thread may look.
class WordTable {
 public:
  static std::size_t HashOf(std::string_view word) { return std::hash<std::string_view>{}(word); }

  // The number of the word, a new one if it has none yet: 0, 1, 2.
  WordNumber Add(std::string_view word);
  // kNoWord when it was never added. `hash` is HashOf(word), which who asks often keeps.
  WordNumber Find(std::string_view word, std::size_t hash) const {
    for (std::size_t at = hash & mask_; !places_.empty() && places_[at] != kNoWord; at = (at + 1) & mask_) {
      const Entry& entry = entries_[places_[at]];
      if (entry.hash == hash && TextOf(entry) == word) return places_[at];
    }
    return kNoWord;
  }
  std::size_t size() const { return entries_.size(); }
  std::string_view TextOf(WordNumber number) const { return TextOf(entries_[number]); }
  std::size_t HashOf(WordNumber number) const { return entries_[number].hash; }

 private:
  struct Entry {
    std::size_t hash;
    std::uint32_t begin;
    std::uint32_t length;
  };
  std::string_view TextOf(const Entry& entry) const { return {texts_.data() + entry.begin, entry.length}; }
  void Grow();

  std::string texts_;  // one after the other
  std::vector<Entry> entries_;
  // Open addressing, a power of two of places, at most half of them taken: the numbers of words.
  std::vector<WordNumber> places_;
  std::size_t mask_ = 0;
};

}  // namespace passport
