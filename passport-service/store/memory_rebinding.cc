// What MemoryStore knows of passports that are bound to another key, and of what people say of their records.
#include <utility>

#include "passport-service/store/memory_changes.h"
#include "passport-service/store/memory_pages.h"

namespace passport {

Reason MemoryChange::operator()(const ExpectPassport& change) {
  const auto at = tables_.people.find(key::Person(change.person));
  if (at == tables_.people.end()) return Reason::kNotFound;
  return at->second.passport_code_hash == change.passport_code_hash ? Reason::kNone : Reason::kStateConflict;
}

Reason MemoryChange::operator()(const PutRebinding& change) {
  const RebindingRow& row = change.row;
  if (!tables_.people.contains(key::Person(row.person))) return Reason::kNotFound;
  const std::string key = key::Rebinding(row.person);
  const auto stored = tables_.rebindings.find(key);
  if (row.revision != (stored == tables_.rebindings.end() ? 0 : stored->second.revision) + 1)
    return Reason::kStateConflict;
  if (stored != tables_.rebindings.end() && stored->second.old_code)
    Erase(tables_.rebinding_codes, key::RebindingCode(*stored->second.old_code));
  if (row.old_code) Set(tables_.rebinding_codes, key::RebindingCode(*row.old_code), key);
  Set(tables_.rebindings, key, row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropRebinding& change) {
  const std::string key = key::Rebinding(change.person);
  const auto stored = tables_.rebindings.find(key);
  if (stored == tables_.rebindings.end()) return Reason::kNotFound;
  if (stored->second.revision != change.revision) return Reason::kStateConflict;
  if (stored->second.old_code) Erase(tables_.rebinding_codes, key::RebindingCode(*stored->second.old_code));
  Erase(tables_.rebindings, key);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const PutDispute& change) {
  const DisputeRow& row = change.row;
  if (!tables_.people.contains(key::Person(row.person))) return Reason::kNotFound;
  const std::string key = key::Dispute(row.organisation, row.id);
  const auto stored = tables_.disputes.find(key);
  if (row.revision != (stored == tables_.disputes.end() ? 0 : stored->second.revision) + 1)
    return Reason::kStateConflict;
  Set(tables_.disputes, key, row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropDispute& change) {
  const std::string key = key::Dispute(change.organisation, change.id);
  if (!tables_.disputes.contains(key)) return Reason::kNotFound;
  Erase(tables_.disputes, key);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const PassCredential& change) {
  const std::string key = key::Credential(change.organisation, change.id);
  const auto at = tables_.credentials.find(key);
  if (at == tables_.credentials.end()) return Reason::kNotFound;
  if (at->second.person != change.from) return Reason::kStateConflict;
  CredentialRow row = at->second;
  Erase(tables_.holdings, key::Holding(row));
  row.person = change.to;
  Set(tables_.holdings, key::Holding(row), key);
  Set(tables_.credentials, key, std::move(row));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const SetLeaving& change) {
  const auto at = tables_.employments.find(key::Employee(change.organisation, change.number));
  if (at == tables_.employments.end()) return Reason::kNotFound;
  EmploymentRow row = at->second;
  row.left_at = change.left_at;
  row.sealed_leaving = change.sealed_leaving;
  Set(tables_.employments, at->first, std::move(row));
  return Reason::kNone;
}

void MemoryChange::DropRebindingAndDisputes(const PersonId& person) {
  const auto stored = tables_.rebindings.find(key::Rebinding(person));
  if (stored != tables_.rebindings.end()) static_cast<void>((*this)(DropRebinding{person, stored->second.revision}));
  std::vector<std::string> theirs;
  for (const auto& [key, row] : tables_.disputes) {
    if (row.person == person) theirs.push_back(key);
  }
  for (const std::string& key : theirs) Erase(tables_.disputes, key);
}

Result<std::optional<RebindingRow>> MemoryStore::FindRebinding(const PersonId& person) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.rebindings, key::Rebinding(person));
}

Result<std::optional<RebindingRow>> MemoryStore::FindRebindingByCode(const Digest& old_code) {
  const std::lock_guard lock(mutex_);
  const auto at = tables_.rebinding_codes.find(key::RebindingCode(old_code));
  if (at == tables_.rebinding_codes.end()) return std::optional<RebindingRow>();
  return FindIn(tables_.rebindings, at->second);
}

Result<Page<RebindingRow>> MemoryStore::AllRebindings(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<RebindingRow>(tables_.rebindings, "", after, limit);
}

Result<std::optional<DisputeRow>> MemoryStore::FindDispute(const OrganisationId& organisation, std::string_view id) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.disputes, key::Dispute(organisation, id));
}

Result<Page<DisputeRow>> MemoryStore::DisputesOf(const OrganisationId& organisation, std::string_view after,
                                                 std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<DisputeRow>(tables_.disputes, key::DisputePrefix(organisation), after, limit);
}

Result<std::vector<DisputeRow>> MemoryStore::DisputesBy(const PersonId& person) {
  const std::lock_guard lock(mutex_);
  std::vector<DisputeRow> theirs;
  for (const auto& [key, row] : tables_.disputes) {
    if (row.person == person) theirs.push_back(row);
  }
  return theirs;
}

}  // namespace passport
