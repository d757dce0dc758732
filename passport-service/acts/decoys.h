// Entries of a status list that stand for nobody.
//
// The last sixteenth of the counters of every list is never handed out (StatusListRow::room). Some of them are set when
// the list opens, and a few more with each real change, so that a published list tells neither how many credentials
// were revoked nor which of the entries that changed is one (docs/formats/status-list.md). What a decoy is follows from
// seed and size of its list: nothing else is remembered.
#pragma once

#include <span>

#include "credential/status/slot_permutation.h"
#include "credential/vocabulary/random.h"
#include "passport-service/ports/changes.h"
#include "passport-service/ports/store.h"

namespace passport {

// The seed has 16 bytes and the size is one that SlotPermutation takes.
SlotPermutation PermutationOf(const StatusListRow& list);
bool IsDecoy(const StatusListRow& list, const SlotPermutation& permutation, std::uint32_t slot);

// Those of a list that opens: between sixteen and a hundred and twenty-eighth of the list; how many is drawn by orders
// of magnitude, so that it hides a count of whatever size.
Changes FirstDecoys(const StatusListRow& list, Random& random);

// What is set beside the real changes between two states of the list, both by index: one to four for each, of which
// those that hit a decoy that is set already are none; none beside more than kShadowedMax changes at once, which hide
// each other. A suspension is followed by suspensions, and what ends one ends others.
inline constexpr std::size_t kShadowedMax = 32;
Changes DecoysBeside(const StatusListRow& list, std::span<const Statuses::Entry> before,
                     std::span<const Statuses::Entry> now, Random& random);

}  // namespace passport
