// What MemoryStore knows of shares.
#include <algorithm>
#include <utility>

#include "passport-service/store/memory_changes.h"
#include "passport-service/store/memory_pages.h"

namespace passport {

Reason MemoryChange::operator()(const AddShare& change) {
  return Insert(tables_.shares, key::Share(change.row.id), change.row);
}

Reason MemoryChange::operator()(const ReplaceShare& change) {
  const auto at = tables_.shares.find(key::Share(change.row.id));
  if (at == tables_.shares.end()) return Reason::kNotFound;
  if (at->second.revision + 1 != change.row.revision) return Reason::kStateConflict;
  Set(tables_.shares, at->first, change.row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const ExpectShare& change) {
  const auto at = tables_.shares.find(key::Share(change.id));
  if (at == tables_.shares.end()) return Reason::kNotFound;
  return at->second.revision == change.revision ? Reason::kNone : Reason::kStateConflict;
}

Reason MemoryChange::operator()(const DropShare& change) {
  const auto at = tables_.shares.find(key::Share(change.id));
  if (at == tables_.shares.end()) return Reason::kNotFound;
  if (at->second.revision != change.revision) return Reason::kStateConflict;
  const std::string share = key::Share(change.id);
  std::vector<std::string> looks;
  for (const auto& [key, row] : tables_.share_looks) {
    if (row.share == change.id) looks.push_back(key);
  }
  for (const std::string& key : looks) Erase(tables_.share_looks, key);
  if (tables_.share_look_last.contains(share)) Erase(tables_.share_look_last, share);
  Erase(tables_.shares, share);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AppendShareLook& change) {
  const std::string last = key::Share(change.share);
  if (!tables_.shares.contains(last)) return Reason::kNotFound;
  const auto at = tables_.share_look_last.find(last);
  const std::uint64_t sequence = (at == tables_.share_look_last.end() ? 0 : at->second) + 1;
  Set(tables_.share_look_last, last, sequence);
  Set(tables_.share_looks, key::ShareLook(change.share, sequence),
      ShareLookRow{change.share, sequence, change.at, change.outcome});
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AppendShareNotice& change) {
  const std::string last = key::Organisation(change.receiver);
  const auto at = tables_.share_notice_last.find(last);
  const std::uint64_t sequence = (at == tables_.share_notice_last.end() ? 0 : at->second) + 1;
  Set(tables_.share_notice_last, last, sequence);
  Set(tables_.share_notices, key::ShareNotice(change.receiver, sequence),
      ShareNoticeRow{change.receiver, sequence, change.share, change.at});
  return Reason::kNone;
}

Reason MemoryChange::operator()(const PruneShareNotices& change) {
  std::vector<std::string> old;
  for (const auto& [key, row] : tables_.share_notices) {
    if (row.receiver != change.receiver) continue;
    if (old.size() == change.count || row.at >= change.before) break;
    old.push_back(key);
  }
  for (const std::string& key : old) Erase(tables_.share_notices, key);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const MoveCursor& change) {
  const std::string key = key::Cursor(change.name);
  const auto at = tables_.cursors.find(key);
  if ((at == tables_.cursors.end() ? 0 : at->second) != change.from) return Reason::kStateConflict;
  Set(tables_.cursors, key, change.to);
  return Reason::kNone;
}

Result<std::optional<ShareRow>> MemoryStore::FindShare(const ShareId& id) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.shares, key::Share(id));
}

Result<Page<ShareRow>> MemoryStore::SharesOf(const OrganisationId& receiver, std::string_view after,
                                             std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::map<std::string, ShareRow> theirs;
  for (const auto& [key, row] : tables_.shares) {
    if (row.receiver == receiver) theirs.emplace(key::ShareOf(row), row);
  }
  return PageOf<ShareRow>(theirs, key::Organisation(receiver), after, limit);
}

Result<Page<ShareRow>> MemoryStore::SharesOfPerson(const PersonId& person, std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::map<std::string, ShareRow> theirs;
  for (const auto& [key, row] : tables_.shares) {
    if (row.person == person) theirs.emplace(key::ShareHeld(person, row.id), row);
  }
  return PageOf<ShareRow>(theirs, key::ShareHeldPrefix(person), after, limit);
}

Result<Page<ShareId>> MemoryStore::ShareIds(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<ShareId>(tables_.shares, "", after, limit, [](const ShareRow& row) { return row.id; });
}

Result<std::vector<ShareId>> MemoryStore::SharesWith(const CredentialId& credential) {
  const std::lock_guard lock(mutex_);
  std::vector<ShareId> ids;
  for (const auto& [key, row] : tables_.shares) {
    const auto& held = row.credentials;
    if (IsLive(row.state) && std::find(held.begin(), held.end(), credential) != held.end()) ids.push_back(row.id);
  }
  return ids;
}

Result<std::vector<ShareId>> MemoryStore::SharesAbout(const OrganisationId& receiver, std::string_view subject) {
  const std::lock_guard lock(mutex_);
  std::vector<ShareId> ids;
  for (const auto& [key, row] : tables_.shares) {
    if (IsLive(row.state) && row.receiver == receiver && row.subject == subject) ids.push_back(row.id);
  }
  return ids;
}

Result<std::vector<ShareId>> MemoryStore::SharesDue(Instant at, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::map<std::string, ShareId> due;
  for (const auto& [key, row] : tables_.shares) {
    if (row.due && *row.due <= at) due.emplace(key::ShareDue(*row.due, row.id), row.id);
  }
  std::vector<ShareId> ids;
  for (const auto& [key, id] : due) {
    if (ids.size() < std::max<std::size_t>(limit, 1)) ids.push_back(id);
  }
  return ids;
}

Result<Page<ShareLookRow>> MemoryStore::ShareLooks(const ShareId& share, std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<ShareLookRow>(
      tables_.share_looks, key::Share(share), after, limit, [](const ShareLookRow& row) { return row; },
      [](const ShareLookRow& row) { return row.sequence; });
}

Result<std::uint64_t> MemoryStore::LastShareLook(const ShareId& share) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.share_look_last, key::Share(share)).value_or(0);
}

Result<Page<ShareNoticeRow>> MemoryStore::ShareNotices(const OrganisationId& receiver, std::uint64_t after,
                                                       std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<ShareNoticeRow>(
      tables_.share_notices, key::Organisation(receiver), after, limit, [](const ShareNoticeRow& row) { return row; },
      [](const ShareNoticeRow& row) { return row.sequence; });
}

Result<std::uint64_t> MemoryStore::LastShareNotice(const OrganisationId& receiver) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.share_notice_last, key::Organisation(receiver)).value_or(0);
}

Result<std::uint64_t> MemoryStore::FindCursor(std::string_view name) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.cursors, key::Cursor(name)).value_or(0);
}

Result<std::vector<OrganisationId>> MemoryStore::ReliersOn(std::string_view subject) {
  const std::lock_guard lock(mutex_);
  std::vector<OrganisationId> reliers;
  for (const auto& [key, row] : tables_.reliances) {
    const OrganisationId& relier = row.entry.organisation;
    if (row.entry.subject == subject && (reliers.empty() || reliers.back() != relier)) reliers.push_back(relier);
  }
  return reliers;
}

Result<Page<ShareRow>> MemoryStore::AllShares(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<ShareRow>(tables_.shares, "", after, limit);
}

}  // namespace passport
