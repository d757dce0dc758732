// What MemoryStore knows of how people hold their passports.
#include <algorithm>
#include <utility>

#include "passport-service/store/memory_changes.h"
#include "passport-service/store/memory_pages.h"

namespace passport {

bool MemoryChange::HasGoodHolderKey(const PersonId& person) const {
  return std::any_of(tables_.holder_keys.begin(), tables_.holder_keys.end(),
                     [&](const auto& entry) { return entry.second.person == person && !entry.second.until; });
}

Reason MemoryChange::operator()(const ReplacePerson& change) {
  const auto at = tables_.people.find(key::Person(change.row.id));
  if (at == tables_.people.end()) return Reason::kNotFound;
  const std::string before = key::PersonCode(at->second.passport_code_hash);
  const std::string now = key::PersonCode(change.row.passport_code_hash);
  if (now != before && tables_.codes.contains(now)) return Reason::kAlreadyExists;
  const std::string person = at->first;
  if (now != before) DropUnlocks(change.row.id);
  Erase(tables_.codes, before);
  Set(tables_.codes, now, person);
  Set(tables_.people, person, change.row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddUnlock& change) {
  if (!tables_.people.contains(key::Person(change.row.person))) return Reason::kNotFound;
  return Insert(tables_.unlocks, key::Unlock(change.row.code), change.row);
}

Reason MemoryChange::operator()(const PruneUnlocks& change) {
  std::vector<std::string> expired;
  for (const auto& [key, row] : tables_.unlocks) {
    if (row.expires_at <= change.at) expired.push_back(key);
  }
  for (const std::string& key : expired) Erase(tables_.unlocks, key);
  return Reason::kNone;
}

void MemoryChange::DropUnlocks(const PersonId& person) {
  std::vector<std::string> theirs;
  for (const auto& [key, row] : tables_.unlocks) {
    if (row.person == person) theirs.push_back(key);
  }
  for (const std::string& key : theirs) Erase(tables_.unlocks, key);
}

Reason MemoryChange::operator()(const AddHolderKey& change) {
  const HolderKeyRow& row = change.row;
  if (!tables_.people.contains(key::Person(row.person))) return Reason::kNotFound;
  const std::string key = key::HolderKey(row.thumbprint);
  if (tables_.holder_keys.contains(key)) return Reason::kAlreadyExists;
  if (!row.until && HasGoodHolderKey(row.person)) return Reason::kStateConflict;
  Set(tables_.holder_keys, key, row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const EndHolderKey& change) {
  const auto at = tables_.holder_keys.find(key::HolderKey(change.thumbprint));
  if (at == tables_.holder_keys.end()) return Reason::kNotFound;
  if (at->second.until) return Reason::kStateConflict;
  HolderKeyRow row = at->second;
  row.until = change.at;
  row.end_reason = change.reason;
  Set(tables_.holder_keys, at->first, std::move(row));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const ReviveHolderKey& change) {
  const auto at = tables_.holder_keys.find(key::HolderKey(change.thumbprint));
  if (at == tables_.holder_keys.end()) return Reason::kNotFound;
  if (!at->second.until || HasGoodHolderKey(at->second.person)) return Reason::kStateConflict;
  HolderKeyRow row = at->second;
  row.until.reset();
  row.end_reason.clear();
  Set(tables_.holder_keys, at->first, std::move(row));
  return Reason::kNone;
}

Result<std::optional<HolderKeyRow>> MemoryStore::FindHolderKey(std::string_view thumbprint) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.holder_keys, key::HolderKey(thumbprint));
}

Result<std::optional<UnlockRow>> MemoryStore::FindUnlock(const Digest& code) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.unlocks, key::Unlock(code));
}

Result<Page<UnlockRow>> MemoryStore::AllUnlocks(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<UnlockRow>(tables_.unlocks, "", after, limit);
}

Result<std::vector<HolderKeyRow>> MemoryStore::HolderKeysOf(const PersonId& person) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<HolderKeyRow>(tables_.holder_keys, "", "", SIZE_MAX));
  std::erase_if(page.rows, [&](const HolderKeyRow& row) { return row.person != person; });
  return std::move(page.rows);
}

Result<Page<HolderKeyRow>> MemoryStore::AllHolderKeys(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<HolderKeyRow>(tables_.holder_keys, "", after, limit);
}

Reason MemoryChange::operator()(const AddInvitation& change) {
  return Insert(tables_.invitations, key::Invitation(change.row.id), change.row);
}

Reason MemoryChange::operator()(const ReplaceInvitation& change) {
  const auto at = tables_.invitations.find(key::Invitation(change.row.id));
  if (at == tables_.invitations.end()) return Reason::kNotFound;
  const InvitationRow& stored = at->second;
  if (stored.revision + 1 != change.row.revision || stored.organisation != change.row.organisation ||
      stored.number != change.row.number || stored.expires_at != change.row.expires_at) {
    return Reason::kStateConflict;
  }
  Set(tables_.invitations, at->first, change.row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropInvitation& change) {
  const std::string key = key::Invitation(change.id);
  if (!tables_.invitations.contains(key)) return Reason::kNotFound;
  Erase(tables_.invitations, key);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddIdentityCheck& change) {
  return Insert(tables_.identity_checks, key::IdentityCheck(change.row), change.row);
}

Reason MemoryChange::operator()(const DropIdentityChecks& change) {
  std::vector<std::string> theirs;
  for (const auto& [key, row] : tables_.identity_checks) {
    if (row.organisation == change.organisation && row.number == change.number) theirs.push_back(key);
  }
  for (const std::string& key : theirs) Erase(tables_.identity_checks, key);
  return Reason::kNone;
}

Result<std::optional<InvitationRow>> MemoryStore::FindInvitation(std::string_view id) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.invitations, key::Invitation(id));
}

Result<std::vector<InvitationRow>> MemoryStore::InvitationsFor(const OrganisationId& organisation,
                                                               const Digest& number) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<InvitationRow>(tables_.invitations, "", "", SIZE_MAX));
  std::erase_if(page.rows,
                [&](const InvitationRow& row) { return row.organisation != organisation || row.number != number; });
  return std::move(page.rows);
}

Result<std::vector<InvitationRow>> MemoryStore::ExpiredInvitations(Instant at, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<InvitationRow>(tables_.invitations, "", "", SIZE_MAX));
  std::erase_if(page.rows, [&](const InvitationRow& row) { return row.expires_at > at; });
  std::sort(page.rows.begin(), page.rows.end(), [](const InvitationRow& a, const InvitationRow& b) {
    return key::InvitationExpiry(a) < key::InvitationExpiry(b);
  });
  page.rows.erase(page.rows.begin() + static_cast<std::ptrdiff_t>(std::min(limit, page.rows.size())), page.rows.end());
  return std::move(page.rows);
}

Result<std::vector<IdentityCheckRow>> MemoryStore::IdentityChecksOf(const OrganisationId& organisation,
                                                                    const Digest& number) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<IdentityCheckRow>(tables_.identity_checks,
                                                 key::IdentityCheckPrefix(organisation, number), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<Page<InvitationRow>> MemoryStore::AllInvitations(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<InvitationRow>(tables_.invitations, "", after, limit);
}

Result<Page<IdentityCheckRow>> MemoryStore::AllIdentityChecks(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<IdentityCheckRow>(tables_.identity_checks, "", after, limit);
}

}  // namespace passport
