#include "passport-service/acts/end_share.h"

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
  TRY_ASSIGN(ShareRow row, EndOnce(
                               store_, vault_, order.share, "holder", now,
                               [&](const ShareRow& each) { return each.person == order.by.person; },
                               [&](const ShareRow&) {
                                 return AuditedOfPeople(now, {.what = "share.ended",
                                                              .object = order.by.person->text(),
                                                              .request = order.request.text()});
                               }));
  return ViewOf(store_, std::move(row), "");
}

Result<void> EndShare::DueOne(ShareRow row, Instant now) {
  const std::string id = row.id.text();
  const bool asked = row.state == ShareState::kAsked;
  Changes changes;
  std::string_view what = asked ? "share.unanswered" : "share.lapsed";
  if (asked || IsLive(row.state)) {
    changes = EndChanges(row, ShareState::kLapsed, row.looked_at ? "receiver" : "day", now);
  } else {
    changes = {DropShare{row.id, row.revision}};
    what = "share.forgotten";
  }
  changes.emplace_back(AuditedOfService(now, {.what = what, .object = id}));
  Result<void> kept = WriteShares(store_, vault_, std::span(&row, 1), changes);
  // Somebody was quicker; what is due still is found the next time.
  if (!kept.ok() && kept.fault().reason == Reason::kStateConflict) return {};
  return kept;
}

Result<std::size_t> EndShare::Due(std::size_t limit) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const std::vector<ShareId> due, store_.SharesDue(now, limit));
  for (const ShareId& id : due) {
    TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(id));
    if (row && row->due && *row->due <= now) TRY(DueOne(std::move(*row), now));
  }
  return due.size();
}

}  // namespace passport
