#include "passport-service/acts/end_share.h"

#include <algorithm>

#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"

namespace passport {
namespace {

// Reads, changes and writes a share until nobody was quicker. `mine` says whether it is the caller's; `deed` makes its
// audit row.
template <class Mine, class Deed>
Result<ShareRow> EndOnce(Store& store, PersonVault& vault, const ShareId& id, std::string_view by, Instant now,
                         const Mine& mine, const Deed& deed) {
  while (true) {
    TRY_ASSIGN(std::optional<ShareRow> row, store.FindShare(id));
    if (!row || !mine(*row)) return Fault{Reason::kNotFound, "", "there is no such share"};
    if (!IsLive(row->state) && row->state != ShareState::kAsked) return std::move(*row);
    Changes changes = EndChanges(*row, ShareState::kEnded, by, now);
    changes.emplace_back(deed(*row));
    Result<void> kept = WriteShares(store, vault, std::span(&*row, 1), changes);
    if (kept.ok()) return std::move(*row);
    if (kept.fault().reason != Reason::kStateConflict) return kept.fault();
  }
}

}  // namespace

Result<ShareView> EndShare::operator()(const ByReceiver& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(ShareRow row,
             EndOnce(
                 store_, vault_, order.share, "receiver", now,
                 [&](const ShareRow& each) { return each.receiver == caller.id; },
                 [&](const ShareRow& each) {
                   return Audited(now, order.by,
                                  {.what = "share.ended", .object = each.id.text(), .request = order.request.text()});
                 }));
  return ViewOf(store_, std::move(row), "");
}

Result<ShareView> EndShare::operator()(const ByHolder& order) {
  const Instant now = clock_.Now();
  if (!order.by.person) return Fault{Reason::kNotFound, "", "there is no such share"};
  TRY_ASSIGN(ShareRow row,
             EndOnce(
                 store_, vault_, order.share, "holder", now,
                 [&](const ShareRow& each) { return each.person == order.by.person; },
                 [&](const ShareRow&) {
                   return AuditedOfPeople(
                       now, order.by,
                       {.what = "share.ended", .object = order.by.person->text(), .request = order.request.text()});
                 }));
  return ViewOf(store_, std::move(row), "");
}

Result<bool> EndShare::Lapse(const ShareId& id, Instant now) {
  Result<std::optional<ShareRow>> found = store_.FindShare(id);
  if (!found.ok() && IsDamagedRow(found.fault())) return false;
  if (!found.ok()) return found.fault();
  std::optional<ShareRow>& row = *found;
  if (!row || !row->due || *row->due > now) return true;
  Changes changes;
  if (IsLive(row->state) || row->state == ShareState::kAsked) {
    changes = LapseChanges(*row, now);
  } else {
    changes = {DropShare{row->id, row->revision},
               AuditedOfService(now, {.what = "share.forgotten", .object = row->id.text()})};
  }
  const Result<void> kept = WriteShares(store_, vault_, std::span(&*row, 1), changes);
  // Somebody else was quicker.
  if (!kept.ok() && kept.fault().reason != Reason::kStateConflict) return kept.fault();
  return true;
}

// Those that can not be read stay the longest due: behind them are others.
Result<EndShare::Lapsed> EndShare::Due(std::size_t limit) {
  const Instant now = clock_.Now();
  for (std::size_t look_at = std::max<std::size_t>(limit, 1);; look_at *= 2) {
    TRY_ASSIGN(const std::vector<ShareId> due, store_.SharesDue(now, look_at));
    Lapsed lapsed;
    for (const ShareId& id : due) {
      TRY_ASSIGN(const bool readable, Lapse(id, now));
      readable ? ++lapsed.ended : ++lapsed.damaged;
    }
    if (due.size() < look_at) return lapsed;
    lapsed.more = true;
    if (lapsed.ended > 0) return lapsed;
  }
}

}  // namespace passport
