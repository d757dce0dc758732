#include "passport-service/store/memory_changes.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "passport-service/store/key_layout.h"

namespace passport {

MemoryChange::~MemoryChange() {
  for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) (*undo)();
}

Reason MemoryChange::operator()(const OpenStatusList& change) {
  return Insert(tables_.status_lists, key::StatusList(change.row.organisation, change.row.number), change.row);
}

Reason MemoryChange::operator()(const TakeSlots& change) {
  const auto at = tables_.status_lists.find(key::StatusList(change.organisation, change.list));
  if (at == tables_.status_lists.end()) return Reason::kNotFound;
  StatusListRow list = at->second;
  if (list.next != change.first || change.count == 0) return Reason::kStateConflict;
  if (std::uint64_t{list.next} + change.count > list.room()) return Reason::kStatusListFull;
  list.next += change.count;
  Set(tables_.status_lists, at->first, std::move(list));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const RetireStatusList& change) {
  const std::string name = key::StatusList(change.organisation, change.list);
  const auto at = tables_.status_lists.find(name);
  if (at == tables_.status_lists.end()) return Reason::kNotFound;
  StatusListRow list = at->second;
  if (!list.full() || list.retired_at) return Reason::kStateConflict;
  list.retired_at = change.at;
  Set(tables_.status_lists, name, std::move(list));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const SetStatus& change) {
  const auto list = tables_.status_lists.find(key::StatusList(change.slot.organisation, change.slot.list));
  if (list == tables_.status_lists.end() || change.slot.index >= list->second.size) return Reason::kNotFound;
  if (change.value > 3) return Reason::kStateConflict;
  const std::string slot = key::OfSlot(change.slot);
  const auto at = tables_.statuses.find(slot);
  const bool revoked = at != tables_.statuses.end() && at->second.value == 1;
  if (revoked && change.value != 1) return Reason::kStateConflict;
  if (change.value == 0) {
    Erase(tables_.statuses, slot);
  } else {
    Set(tables_.statuses, slot, {.index = change.slot.index, .value = change.value});
  }
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddIntent& change) {
  const std::string request = key::Request(change.row.organisation, change.row.request);
  if (tables_.answers.contains(request)) return Reason::kAlreadyExists;
  const Slot& slot = change.row.slot;
  const auto list = tables_.status_lists.find(key::StatusList(slot.organisation, slot.list));
  if (list != tables_.status_lists.end() && list->second.retired_at) return Reason::kStatusListFull;
  return Insert(tables_.intents, request, change.row);
}

Reason MemoryChange::operator()(const DropIntent& change) {
  const std::string request = key::Request(change.organisation, change.request);
  if (!tables_.intents.contains(request)) return Reason::kNotFound;
  Erase(tables_.intents, request);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddCredential& change) {
  const std::string credential = key::Credential(change.row.organisation, change.row.id);
  const std::string slot = key::OfSlot(change.row.slot);
  if (tables_.credentials.contains(credential) || tables_.slots.contains(slot)) return Reason::kAlreadyExists;
  Set(tables_.credentials, credential, change.row);
  Set(tables_.slots, slot, credential);
  Set(tables_.holdings, key::Holding(change.row), credential);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const ChangeCredentialState& change) {
  const auto at = tables_.credentials.find(key::Credential(change.organisation, change.id));
  if (at == tables_.credentials.end()) return Reason::kNotFound;
  if (at->second.state != change.from) return Reason::kStateConflict;
  CredentialRow row = at->second;
  row.state = change.to;
  row.state_reason = change.reason;
  row.state_at = change.at;
  Set(tables_.credentials, at->first, std::move(row));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const RememberAnswer& change) {
  return Insert(tables_.answers, key::Request(change.row.organisation, change.row.request), change.row);
}

Reason MemoryChange::operator()(const AddChallenge& change) {
  return Insert(tables_.challenges, key::Challenge(change.row.nonce), change.row);
}

Reason MemoryChange::operator()(const ConsumeChallenge& change) {
  const auto at = tables_.challenges.find(key::Challenge(change.nonce));
  if (at == tables_.challenges.end()) return Reason::kNotFound;
  if (at->second.audience != change.audience || change.at >= at->second.expires_at) return Reason::kStateConflict;
  Erase(tables_.challenges, std::string(at->first));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const PruneChallenges& change) {
  std::vector<std::pair<std::string, std::string>> expired;
  for (const auto& [key, row] : tables_.challenges) {
    if (row.expires_at <= change.at) expired.emplace_back(key::ChallengeExpiry(row.expires_at, row.nonce), key);
  }
  std::sort(expired.begin(), expired.end());
  if (expired.size() > change.count) expired.resize(change.count);
  for (const auto& [expiry, key] : expired) Erase(tables_.challenges, key);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const PutDocument& change) {
  const DocumentRow& row = change.row;
  const auto after = tables_.documents.upper_bound(key::Document(row.name, std::numeric_limits<std::uint64_t>::max()));
  const auto newest = after == tables_.documents.begin() ? tables_.documents.end() : std::prev(after);
  const bool first = newest == tables_.documents.end() || newest->second.name != row.name;
  const std::uint64_t last = first ? 0 : newest->second.version;
  if (row.version <= last) return Reason::kStateConflict;
  if (!first && row.version != last + 1 && row.name != kRegistryDocument) return Reason::kStateConflict;
  const Reason inserted = Insert(tables_.documents, key::Document(row.name, row.version), row);
  return inserted == Reason::kNone ? inserted : Reason::kStateConflict;
}

Reason MemoryChange::operator()(const WithdrawDocument& change) {
  const auto at = tables_.documents.find(key::Document(change.name, change.version));
  if (at == tables_.documents.end()) return Reason::kNotFound;
  if (at->second.withdrawn_at) return Reason::kStateConflict;
  DocumentRow row = at->second;
  row.withdrawn_at = change.at;
  Set(tables_.documents, at->first, std::move(row));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AppendAudit& change) {
  AuditRow row{.sequence = tables_.audit.size() + 1, .entry = change.entry};
  if (!tables_.audit.empty()) row.previous = tables_.audit.rbegin()->second.hash;
  const std::string prefix = key::AuditOfPrefix(row.entry.actor);
  const auto above = tables_.audit_of.upper_bound(key::AuditOf(row.entry.actor, UINT64_MAX));
  row.actor_sequence = 1;
  if (above != tables_.audit_of.begin() && std::prev(above)->first.starts_with(prefix)) {
    const AuditRow& last = tables_.audit.at(std::prev(above)->second);
    row.actor_sequence = last.actor_sequence + 1;
    row.actor_previous = last.hash;
  }
  row.hash = AuditHash(row);
  Set(tables_.audit, key::Sequence(row.sequence), row);
  Set(tables_.audit_of, key::AuditOf(row.entry.actor, row.actor_sequence), key::Sequence(row.sequence));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AppendEvent& change) {
  const std::uint64_t sequence = tables_.events.size() + 1;
  Set(tables_.events, key::Sequence(sequence), EventRow{.sequence = sequence, .entry = change.entry});
  return Reason::kNone;
}

}  // namespace passport
