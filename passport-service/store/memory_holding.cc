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
  Erase(tables_.codes, before);
  Set(tables_.codes, now, person);
  Set(tables_.people, person, change.row);
  return Reason::kNone;
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

}  // namespace passport
