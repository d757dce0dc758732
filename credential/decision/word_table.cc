#include "credential/decision/word_table.h"

#include <algorithm>

namespace passport {

WordNumber WordTable::Add(std::string_view word) {
  const std::size_t hash = HashOf(word);
  if (const WordNumber known = Find(word, hash); known != kNoWord) return known;
  if (2 * (entries_.size() + 1) > places_.size()) Grow();
  const auto number = static_cast<WordNumber>(entries_.size());
  entries_.push_back({.hash = hash,
                      .begin = static_cast<std::uint32_t>(texts_.size()),
                      .length = static_cast<std::uint32_t>(word.size())});
  texts_.append(word);
  std::size_t at = hash & mask_;
  while (places_[at] != kNoWord) at = (at + 1) & mask_;
  places_[at] = number;
  return number;
}

void WordTable::Grow() {
  constexpr std::size_t kFirstPlaces = 128;
  constexpr std::size_t kUsualLength = 16;
  places_.assign(std::max(kFirstPlaces, 2 * places_.size()), kNoWord);
  mask_ = places_.size() - 1;
  entries_.reserve(places_.size() / 2);
  texts_.reserve(entries_.capacity() * kUsualLength);
  for (WordNumber number = 0; number < entries_.size(); ++number) {
    std::size_t at = entries_[number].hash & mask_;
    while (places_[at] != kNoWord) at = (at + 1) & mask_;
    places_[at] = number;
  }
}

}  // namespace passport
