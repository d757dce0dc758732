#include <cstddef>
#include <iterator>

#include "credential/evidence/evidence_page.h"

namespace passport {
namespace {

// Whoever asks again does not hide that somebody went on regardless.
void TakeOver(std::vector<EvidenceOverride>& older, std::vector<EvidenceOverride>& newer) {
  older.insert(older.end(), std::make_move_iterator(newer.begin()), std::make_move_iterator(newer.end()));
  if (older.size() > kPageOverridesMax) {
    older.erase(older.begin(), older.end() - static_cast<std::ptrdiff_t>(kPageOverridesMax));
  }
  newer = std::move(older);
}

}  // namespace

void NewestDecisions::Add(CheckedItem item) {
  if (!item.receipt || items_max_ == 0) return;
  const std::uint64_t sequence = item.link.sequence;
  std::pair<std::string, std::string> key(item.receipt->subject, item.receipt->profile.value_or(""));
  const auto held = newest_.find(key);
  if (held != newest_.end()) {
    if (held->second.link.sequence > sequence) return;
    by_sequence_.erase(held->second.link.sequence);
    TakeOver(held->second.overrides, item.overrides);
    held->second = std::move(item);
  } else {
    newest_.emplace(key, std::move(item));
  }
  by_sequence_.emplace(sequence, std::move(key));
  if (newest_.size() <= items_max_) return;
  newest_.erase(by_sequence_.begin()->second);
  by_sequence_.erase(by_sequence_.begin());
}

std::vector<CheckedItem> NewestDecisions::Items() const {
  std::vector<CheckedItem> items;
  items.reserve(newest_.size());
  for (const auto& [key, item] : newest_) items.push_back(item);
  return items;
}

}  // namespace passport
