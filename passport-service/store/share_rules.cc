// What the changes expect that say what was asked of people and given, and where readers of the events have got to.
#include <vector>

#include "passport-service/store/lay.h"

namespace passport {
namespace {

std::uint64_t NumberIn(const std::optional<std::string>& value) {
  return value ? KeyReader(*value).U64().value_or(0) : 0;
}

// What a share is found by, besides its id.
std::vector<std::pair<Table, std::string>> ShareIndex(const ShareRow& row) {
  std::vector<std::pair<Table, std::string>> keys = {{Table::kShareOf, key::ShareOf(row)}};
  if (row.person) keys.emplace_back(Table::kShareHeld, key::ShareHeld(*row.person, row.id));
  if (row.due) keys.emplace_back(Table::kShareDue, key::ShareDue(*row.due, row.id));
  if (!IsLive(row.state)) return keys;
  keys.emplace_back(Table::kShareAbout, key::ShareAbout(row));
  for (const CredentialId& each : row.credentials) keys.emplace_back(Table::kShareWith, key::ShareWith(each, row.id));
  return keys;
}

void PutShare(Draft& draft, const ShareRow& row) {
  draft.Put(Table::kShare, key::Share(row.id), Encode(row));
  for (const auto& [table, key] : ShareIndex(row)) draft.Put(table, key, "");
}

}  // namespace

Result<Reason> Lay(Draft& draft, const AddShare& change) {
  TRY_ASSIGN(const bool taken, draft.Has(Table::kShare, key::Share(change.row.id)));
  if (taken) return Reason::kAlreadyExists;
  PutShare(draft, change.row);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const ReplaceShare& change) {
  TRY_ASSIGN(const auto stored, Find<ShareRow>(draft, Table::kShare, key::Share(change.row.id)));
  if (!stored) return Reason::kNotFound;
  if (stored->revision + 1 != change.row.revision) return Reason::kStateConflict;
  for (const auto& [table, key] : ShareIndex(*stored)) draft.Delete(table, key);
  PutShare(draft, change.row);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const ExpectShare& change) {
  TRY_ASSIGN(const auto stored, Find<ShareRow>(draft, Table::kShare, key::Share(change.id)));
  if (!stored) return Reason::kNotFound;
  return stored->revision == change.revision ? Reason::kNone : Reason::kStateConflict;
}

Result<Reason> Lay(Draft& draft, const DropShare& change) {
  TRY_ASSIGN(const auto stored, Find<ShareRow>(draft, Table::kShare, key::Share(change.id)));
  if (!stored) return Reason::kNotFound;
  if (stored->revision != change.revision) return Reason::kStateConflict;
  for (const auto& [table, key] : ShareIndex(*stored)) draft.Delete(table, key);
  const std::string share = key::Share(change.id);
  std::vector<std::string> looks;
  const auto collect = [&](std::string_view key, std::string_view) -> Result<bool> {
    looks.emplace_back(key);
    return true;
  };
  TRY(draft.tables().Scan(Table::kShareLook, share, share, collect));
  for (const std::string& look : looks) draft.Delete(Table::kShareLook, look);
  draft.Delete(Table::kShareLookLast, share);
  draft.Delete(Table::kShare, share);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AppendShareLook& change) {
  const std::string share = key::Share(change.share);
  TRY_ASSIGN(const bool there, draft.Has(Table::kShare, share));
  if (!there) return Reason::kNotFound;
  TRY_ASSIGN(const auto last, draft.Get(Table::kShareLookLast, share));
  const std::uint64_t sequence = NumberIn(last) + 1;
  draft.Put(Table::kShareLookLast, share, KeyBuilder().U64(sequence).Take());
  draft.Put(Table::kShareLook, key::ShareLook(change.share, sequence),
            Encode(ShareLookRow{change.share, sequence, change.at, change.outcome}));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AppendShareNotice& change) {
  const std::string last_key = key::Organisation(change.receiver);
  TRY_ASSIGN(const auto last, draft.Get(Table::kShareNoticeLast, last_key));
  const std::uint64_t sequence = NumberIn(last) + 1;
  draft.Put(Table::kShareNoticeLast, last_key, KeyBuilder().U64(sequence).Take());
  draft.Put(Table::kShareNotice, key::ShareNotice(change.receiver, sequence),
            Encode(ShareNoticeRow{change.receiver, sequence, change.share, change.at}));
  return Reason::kNone;
}

// Looks at what is durable: a notice of the same group is too new to go.
Result<Reason> Lay(Draft& draft, const PruneShareNotices& change) {
  std::vector<std::string> old;
  const std::string prefix = key::Organisation(change.receiver);
  const auto collect = [&](std::string_view key, std::string_view value) -> Result<bool> {
    if (old.size() >= change.count) return false;
    TRY_ASSIGN(const auto row, Decode<ShareNoticeRow>(value));
    if (row.at >= change.before) return false;
    old.emplace_back(key);
    return true;
  };
  TRY(draft.tables().Scan(Table::kShareNotice, prefix, prefix, collect));
  for (const std::string& key : old) draft.Delete(Table::kShareNotice, key);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const MoveCursor& change) {
  const std::string key = key::Cursor(change.name);
  TRY_ASSIGN(const auto stored, draft.Get(Table::kCursor, key));
  if (NumberIn(stored) != change.from) return Reason::kStateConflict;
  draft.Put(Table::kCursor, key, KeyBuilder().U64(change.to).Take());
  return Reason::kNone;
}

}  // namespace passport
