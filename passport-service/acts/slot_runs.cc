#include "passport-service/acts/slot_runs.h"

#include <algorithm>

#include "credential/status/slot_permutation.h"

namespace passport {
namespace {

constexpr std::uint32_t kRunLength = 64;

}  // namespace

Result<void> SlotRuns::Reserve(const OrganisationRow& organisation) {
  constexpr int kTries = 8;
  for (int tries = 0; tries < kTries; ++tries) {
    TRY_ASSIGN(const std::vector<StatusListRow> lists, store_.StatusListsOf(organisation.id));
    if (lists.empty()) return Fault{Reason::kStatusListFull, "", "the organisation has no status list"};
    StatusListRow list = lists.back();
    if (list.next >= list.size) {
      list = {.organisation = organisation.id,
              .number = list.number + 1,
              .uri = organisation.status_uri_prefix + std::to_string(list.number + 1) + ".jwt",
              .size = list.size,
              .next = 0,
              .seed = std::string(16, '\0')};
      random_.Fill(std::span(reinterpret_cast<std::uint8_t*>(list.seed.data()), list.seed.size()));
      const Commit opened = store_.Apply({OpenStatusList{list}});
      if (opened.outcome == CommitOutcome::kRefused) continue;
      if (opened.outcome != CommitOutcome::kDone)
        return Fault{Reason::kStoreUnavailable, "", "no further status list could be opened"};
    }
    const std::uint32_t count = std::min(kRunLength, list.size - list.next);
    const Changes take = {TakeSlots{organisation.id, list.number, list.next, count}};
    const Result<void> taken = ApplyNow(store_, take);
    if (taken.ok()) {
      const std::uint32_t first = list.next;
      runs_.insert_or_assign(organisation.id, Run{.list = std::move(list), .next = first, .end = first + count});
      return {};
    }
    if (taken.fault().reason != Reason::kStateConflict) return taken.fault();
  }
  return Fault{Reason::kStoreUnavailable, "", "status slots are contended"};
}

Result<SlotRuns::Taken> SlotRuns::Take(const OrganisationRow& organisation) {
  const std::lock_guard lock(mutex_);
  auto run = runs_.find(organisation.id);
  if (run == runs_.end() || run->second.next == run->second.end) {
    TRY(Reserve(organisation));
    run = runs_.find(organisation.id);
  }
  const StatusListRow& list = run->second.list;
  const SlotPermutation permutation(
      std::span<const std::uint8_t, 16>(reinterpret_cast<const std::uint8_t*>(list.seed.data()), 16), list.size);
  return Taken{
      .slot = {.organisation = organisation.id, .list = list.number, .index = permutation.SlotOf(run->second.next++)},
      .uri = list.uri};
}

}  // namespace passport
