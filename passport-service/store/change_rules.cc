#include "passport-service/store/change_rules.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "passport-service/store/lay.h"

namespace passport {
namespace {

constexpr std::uint8_t kStatusRevoked = 1;
constexpr std::uint8_t kStatusMax = 3;

Result<Reason> Lay(Draft& draft, const OpenStatusList& change) {
  const StatusListRow& row = change.row;
  return Insert(draft, Table::kStatusList, key::StatusList(row.organisation, row.number), Encode(row));
}

Result<Reason> Lay(Draft& draft, const TakeSlots& change) {
  const std::string key = key::StatusList(change.organisation, change.list);
  TRY_ASSIGN(auto list, Find<StatusListRow>(draft, Table::kStatusList, key));
  if (!list) return Reason::kNotFound;
  if (change.count == 0 || change.first != list->next) return Reason::kStateConflict;
  if (list->full() || change.count > list->room() - list->next) return Reason::kStatusListFull;
  list->next += change.count;
  draft.Put(Table::kStatusList, key, Encode(*list));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const RetireStatusList& change) {
  const std::string key = key::StatusList(change.organisation, change.list);
  TRY_ASSIGN(auto list, Find<StatusListRow>(draft, Table::kStatusList, key));
  if (!list) return Reason::kNotFound;
  if (!list->full() || list->retired_at) return Reason::kStateConflict;
  list->retired_at = change.at;
  draft.Put(Table::kStatusList, key, Encode(*list));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const SetStatus& change) {
  TRY_ASSIGN(const auto list, Find<StatusListRow>(draft, Table::kStatusList,
                                                  key::StatusList(change.slot.organisation, change.slot.list)));
  if (!list || change.slot.index >= list->size) return Reason::kNotFound;
  const std::string key = key::OfSlot(change.slot);
  TRY_ASSIGN(const auto stored, draft.Get(Table::kStatus, key));
  const std::uint8_t before = stored && !stored->empty() ? static_cast<std::uint8_t>(stored->front()) : std::uint8_t{0};
  if (change.value > kStatusMax) return Reason::kStateConflict;
  if (before == kStatusRevoked && change.value != kStatusRevoked) return Reason::kStateConflict;
  if (change.value == 0) {
    draft.Delete(Table::kStatus, key);
  } else {
    draft.Put(Table::kStatus, key, std::string(1, static_cast<char>(change.value)));
  }
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddIntent& change) {
  const std::string key = key::Request(change.row.organisation, change.row.request);
  TRY_ASSIGN(const bool answered, draft.Has(Table::kAnswer, key));
  if (answered) return Reason::kAlreadyExists;
  const Slot& slot = change.row.slot;
  TRY_ASSIGN(const auto list,
             Find<StatusListRow>(draft, Table::kStatusList, key::StatusList(slot.organisation, slot.list)));
  if (list && list->retired_at) return Reason::kStatusListFull;
  return Insert(draft, Table::kIntent, key, Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const DropIntent& change) {
  const std::string key = key::Request(change.organisation, change.request);
  TRY_ASSIGN(const bool there, draft.Has(Table::kIntent, key));
  if (!there) return Reason::kNotFound;
  draft.Delete(Table::kIntent, key);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddCredential& change) {
  const CredentialRow& row = change.row;
  HOLDS(Insert(draft, Table::kCredential, key::Credential(row.organisation, row.id), Encode(row)));
  HOLDS(Insert(draft, Table::kSlot, key::OfSlot(row.slot), row.id.text()));
  draft.Put(Table::kHolding, key::Holding(row), "");
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const ChangeCredentialState& change) {
  const std::string key = key::Credential(change.organisation, change.id);
  TRY_ASSIGN(auto row, Find<CredentialRow>(draft, Table::kCredential, key));
  if (!row) return Reason::kNotFound;
  if (row->state != change.from) return Reason::kStateConflict;
  row->state = change.to;
  row->state_reason = change.reason;
  row->state_at = change.at;
  draft.Put(Table::kCredential, key, Encode(*row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const RememberAnswer& change) {
  return Insert(draft, Table::kAnswer, key::Request(change.row.organisation, change.row.request), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const AddChallenge& change) {
  HOLDS(Insert(draft, Table::kChallenge, key::Challenge(change.row.nonce), Encode(change.row)));
  const std::string expiry = key::ChallengeExpiry(change.row.expires_at, change.row.nonce);
  draft.Put(Table::kChallengeExpiry, expiry, "");
  TableHeads& heads = draft.heads;
  heads.first_expiry = std::min(heads.first_expiry, expiry);
  heads.added_expiry = heads.added_expiry.empty() ? expiry : std::min(heads.added_expiry, expiry);
  return Reason::kNone;
}

void Forget(Draft& draft, const ChallengeRow& row) {
  draft.Delete(Table::kChallenge, key::Challenge(row.nonce));
  draft.Delete(Table::kChallengeExpiry, key::ChallengeExpiry(row.expires_at, row.nonce));
}

Result<Reason> Lay(Draft& draft, const ConsumeChallenge& change) {
  TRY_ASSIGN(const auto row, Find<ChallengeRow>(draft, Table::kChallenge, key::Challenge(change.nonce)));
  if (!row) return Reason::kNotFound;
  if (row->audience != change.audience || row->expires_at <= change.at) return Reason::kStateConflict;
  Forget(draft, *row);
  return Reason::kNone;
}

// Looks at what is durable and not yet gone in the draft: a challenge of the same group waits for the next prune.
Result<Reason> Lay(Draft& draft, const PruneChallenges& change) {
  std::vector<ChallengeRow> expired;
  std::string first_left = draft.heads.first_expiry;
  const auto collect = [&](std::string_view key, std::string_view) -> Result<bool> {
    first_left = key;
    KeyReader parts(key);
    const auto expires_at = parts.U64();
    const auto nonce = parts.Text();
    if (!expires_at || !nonce || !parts.AtEnd()) {
      return Fault{Reason::kStoreUnavailable, "", "a key of the table challenge_expiry does not read"};
    }
    if (expired.size() >= change.count || static_cast<std::int64_t>(*expires_at) > change.at.seconds) return false;
    TRY_ASSIGN(auto row, Find<ChallengeRow>(draft, Table::kChallenge, key::Challenge(*nonce)));
    if (row) expired.push_back(std::move(*row));
    return true;
  };
  TRY(draft.tables().Scan(Table::kChallengeExpiry, "", draft.heads.first_expiry, collect));
  const std::string& added = draft.heads.added_expiry;
  draft.heads.first_expiry = added.empty() ? first_left : std::min(first_left, added);
  for (const auto& row : expired) Forget(draft, row);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const PutDocument& change) {
  const DocumentRow& row = change.row;
  TRY_ASSIGN(const auto newest, draft.Get(Table::kDocumentNewest, key::DocumentNewest(row.name)));
  const std::uint64_t last = newest ? KeyReader(*newest).U64().value_or(0) : 0;
  if (row.version <= last) return Reason::kStateConflict;
  if (newest && row.version != last + 1 && row.name != kRegistryDocument) return Reason::kStateConflict;
  draft.Put(Table::kDocument, key::Document(row.name, row.version), Encode(row));
  draft.Put(Table::kDocumentNewest, key::DocumentNewest(row.name), KeyBuilder().U64(row.version).Take());
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const WithdrawDocument& change) {
  const std::string key = key::Document(change.name, change.version);
  TRY_ASSIGN(auto row, Find<DocumentRow>(draft, Table::kDocument, key));
  if (!row) return Reason::kNotFound;
  if (row->withdrawn_at) return Reason::kStateConflict;
  row->withdrawn_at = change.at;
  draft.Put(Table::kDocument, key, Encode(*row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AppendAudit& change) {
  const std::string last_key = key::AuditLast(change.entry.actor);
  TRY_ASSIGN(const auto last, Find<AuditLast>(draft, Table::kAuditLast, last_key));
  AuditRow row{.sequence = draft.heads.audit_sequence + 1,
               .entry = change.entry,
               .previous = draft.heads.audit_hash,
               .actor_sequence = last ? last->actor_sequence + 1 : 1,
               .actor_previous = last ? last->hash : Digest{}};
  row.hash = AuditHash(row);
  draft.Put(Table::kAudit, key::Sequence(row.sequence), Encode(row));
  draft.Put(Table::kAuditOf, key::AuditOf(row.entry.actor, row.actor_sequence), KeyBuilder().U64(row.sequence).Take());
  draft.Put(Table::kAuditLast, last_key, Encode(AuditLast{row.actor_sequence, row.hash}));
  draft.heads.audit_sequence = row.sequence;
  draft.heads.audit_hash = row.hash;
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AppendEvent& change) {
  const EventRow row{.sequence = ++draft.heads.event_sequence, .entry = change.entry};
  draft.Put(Table::kEvent, key::Sequence(row.sequence), Encode(row));
  return Reason::kNone;
}

}  // namespace

Result<Reason> LayInto(Draft& draft, const Change& change) {
  return std::visit([&](const auto& one) { return Lay(draft, one); }, change);
}

}  // namespace passport
