#include "passport-service/acts/slot_runs.h"

#include <algorithm>
#include <array>

#include "passport-service/acts/decoys.h"
#include "passport-service/acts/open_list.h"

namespace passport {
namespace {

constexpr std::uint32_t kRunLength = 64;
constexpr int kSlotTries = 8;

}  // namespace

// Those with room, by number. There are as many as there should be when it returns: one more than are handed out, so
// that the next list is published before a credential names it.
Result<std::vector<StatusListRow>> SlotRuns::ReadyLists(const OrganisationRow& organisation) {
  for (int tries = 0; tries < kSlotTries; ++tries) {
    TRY_ASSIGN(std::vector<StatusListRow> lists, store_.StatusListsOf(organisation.id));
    if (lists.empty()) return Fault{Reason::kStatusListFull, "", "the organisation has no status list"};
    const std::uint32_t last = lists.back().number;
    const std::uint32_t largest = std::max_element(lists.begin(), lists.end(), [](const auto& a, const auto& b) {
                                    return a.size < b.size;
                                  })->size;
    const bool outgrown = std::any_of(lists.begin(), lists.end(), [](const auto& list) { return list.full(); });
    std::erase_if(lists, [](const StatusListRow& list) { return list.full(); });
    if (lists.size() >= kReadyLists) return lists;
    const std::uint32_t size = outgrown ? std::max(largest, std::min(2 * largest, kListSizeMax)) : largest;
    Changes open;
    for (std::uint32_t number = last + 1; number <= last + kReadyLists - lists.size(); ++number) {
      for (Change& change : OpenList({organisation.id, organisation.status_uri_prefix, number, size}, random_))
        open.push_back(std::move(change));
    }
    const Commit opened = store_.Apply(open);
    if (opened.outcome != CommitOutcome::kDone && opened.outcome != CommitOutcome::kRefused)
      return Fault{Reason::kStoreUnavailable, "", "no further status list could be opened"};
  }
  return Fault{Reason::kStoreUnavailable, "", "status lists are contended"};
}

Result<void> SlotRuns::OpenLists(const OrganisationRow& organisation, Runs& runs) {
  TRY_ASSIGN(std::vector<StatusListRow> ready, ReadyLists(organisation));
  for (StatusListRow& list : ready) {
    if (runs.size() >= kOpenLists) break;
    const bool known =
        std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return run->list.number == list.number; });
    if (known) continue;
    runs.push_back(std::make_shared<Run>(std::move(list)));
  }
  return {};
}

SlotRuns::Open& SlotRuns::OpenOf(const OrganisationId& organisation) {
  const std::lock_guard lock(mutex_);
  return open_[organisation];
}

Result<SlotRuns::Runs> SlotRuns::OpenRuns(const OrganisationRow& organisation) {
  Open& open = OpenOf(organisation.id);
  const std::lock_guard lock(open.mutex);
  if (open.runs.size() < kOpenLists) TRY(OpenLists(organisation, open.runs));
  return open.runs;
}

void SlotRuns::Forget(const OrganisationId& organisation, const std::shared_ptr<Run>& full) {
  Open& open = OpenOf(organisation);
  const std::lock_guard lock(open.mutex);
  std::erase(open.runs, full);
}

Result<void> SlotRuns::Reserve(Run& run) {
  for (int tries = 0; tries < kSlotTries; ++tries) {
    StatusListRow& list = run.list;
    if (list.full()) return Fault{Reason::kStatusListFull, "", "the status list is full"};
    const std::uint32_t count = std::min(kRunLength, list.room() - list.next);
    const Result<void> taken = ApplyNow(store_, {TakeSlots{list.organisation, list.number, list.next, count}});
    if (taken.ok()) {
      run.next = list.next;
      list.next += count;
      run.end = list.next;
      return {};
    }
    if (taken.fault().reason != Reason::kStateConflict) return taken.fault();
    // Another process took some.
    TRY_ASSIGN(const std::vector<StatusListRow> lists, store_.StatusListsOf(list.organisation));
    const auto now =
        std::find_if(lists.begin(), lists.end(), [&](const auto& row) { return row.number == list.number; });
    if (now == lists.end()) return Fault{Reason::kStoreUnavailable, "", "a status list is gone"};
    list.next = now->next;
  }
  return Fault{Reason::kStoreUnavailable, "", "status slots are contended"};
}

// What is left of a list that is full may have waited here until all others of it had expired.
Result<bool> SlotRuns::IsRetired(const Run& run) {
  if (!run.list.full()) return false;
  TRY_ASSIGN(const std::vector<StatusListRow> lists, store_.StatusListsOf(run.list.organisation));
  return std::any_of(lists.begin(), lists.end(),
                     [&](const auto& row) { return row.number == run.list.number && row.retired_at.has_value(); });
}

Result<SlotRuns::Taken> SlotRuns::Take(const OrganisationRow& organisation) {
  for (int tries = 0; tries < kSlotTries; ++tries) {
    TRY_ASSIGN(const Runs runs, OpenRuns(organisation));
    std::array<std::uint8_t, 1> chance{};
    random_.Fill(chance);
    const std::size_t first = chance.front() % runs.size();
    std::shared_ptr<Run> run = runs[first];
    std::unique_lock lock(run->mutex, std::try_to_lock);
    for (std::size_t next = first + 1; !lock.owns_lock() && next < first + runs.size(); ++next) {
      run = runs[next % runs.size()];
      lock = std::unique_lock(run->mutex, std::try_to_lock);
    }
    if (!lock.owns_lock()) lock.lock();
    if (run->next == run->end) {
      const Result<void> reserved = Reserve(*run);
      if (!reserved.ok() && reserved.fault().reason != Reason::kStatusListFull) return reserved.fault();
    }
    TRY_ASSIGN(const bool retired, IsRetired(*run));
    if (run->next == run->end || retired) {
      Forget(organisation.id, run);
      continue;
    }
    const StatusListRow& list = run->list;
    return Taken{.slot = {.organisation = organisation.id,
                          .list = list.number,
                          .index = PermutationOf(list).SlotOf(run->next++)},
                 .uri = list.uri};
  }
  return Fault{Reason::kStoreUnavailable, "", "status slots are contended"};
}

}  // namespace passport
