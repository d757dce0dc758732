// What the changes expect that say how people hold their passports.
#include "passport-service/store/lay.h"

namespace passport {
namespace {

constexpr std::size_t kUnlocksPrunedAtOnce = 256;
constexpr std::size_t kExpiryBytes = 8;

Result<void> DropUnlock(Draft& draft, const std::string& key) {
  TRY_ASSIGN(const auto row, Find<UnlockRow>(draft, Table::kUnlock, key));
  if (!row) return {};
  draft.Delete(Table::kUnlock, key);
  draft.Delete(Table::kUnlockOf, key::UnlockOf(*row));
  draft.Delete(Table::kUnlockExpiry, key::UnlockExpiry(*row));
  return {};
}

}  // namespace

Result<Reason> Lay(Draft& draft, const ReplacePerson& change) {
  const std::string key = key::Person(change.row.id);
  TRY_ASSIGN(const auto stored, Find<PersonRow>(draft, Table::kPerson, key));
  if (!stored) return Reason::kNotFound;
  if (stored->passport_code_hash != change.row.passport_code_hash) {
    HOLDS(Insert(draft, Table::kPersonCode, key::PersonCode(change.row.passport_code_hash), change.row.id.text()));
    draft.Delete(Table::kPersonCode, key::PersonCode(stored->passport_code_hash));
    TRY(DropUnlocks(draft, change.row.id));
  }
  draft.Put(Table::kPerson, key, Encode(change.row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddHolderKey& change) {
  const HolderKeyRow& row = change.row;
  TRY_ASSIGN(const bool there, draft.Has(Table::kPerson, key::Person(row.person)));
  if (!there) return Reason::kNotFound;
  HOLDS(Insert(draft, Table::kHolderKey, key::HolderKey(row.thumbprint), Encode(row)));
  if (!row.until) {
    TRY_ASSIGN(const bool other, draft.Has(Table::kHolderKeyGood, key::HolderKeyGood(row.person)));
    if (other) return Reason::kStateConflict;
    draft.Put(Table::kHolderKeyGood, key::HolderKeyGood(row.person), row.thumbprint);
  }
  draft.Put(Table::kHolderKeyOf, key::HolderKeyOf(row), "");
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const EndHolderKey& change) {
  const std::string key = key::HolderKey(change.thumbprint);
  TRY_ASSIGN(auto row, Find<HolderKeyRow>(draft, Table::kHolderKey, key));
  if (!row) return Reason::kNotFound;
  if (row->until) return Reason::kStateConflict;
  row->until = change.at;
  row->end_reason = change.reason;
  draft.Put(Table::kHolderKey, key, Encode(*row));
  draft.Delete(Table::kHolderKeyGood, key::HolderKeyGood(row->person));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const ReviveHolderKey& change) {
  const std::string key = key::HolderKey(change.thumbprint);
  TRY_ASSIGN(auto row, Find<HolderKeyRow>(draft, Table::kHolderKey, key));
  if (!row) return Reason::kNotFound;
  TRY_ASSIGN(const bool other, draft.Has(Table::kHolderKeyGood, key::HolderKeyGood(row->person)));
  if (!row->until || other) return Reason::kStateConflict;
  row->until.reset();
  row->end_reason.clear();
  draft.Put(Table::kHolderKey, key, Encode(*row));
  draft.Put(Table::kHolderKeyGood, key::HolderKeyGood(row->person), row->thumbprint);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddUnlock& change) {
  TRY_ASSIGN(const bool there, draft.Has(Table::kPerson, key::Person(change.row.person)));
  if (!there) return Reason::kNotFound;
  HOLDS(Insert(draft, Table::kUnlock, key::Unlock(change.row.code), Encode(change.row)));
  draft.Put(Table::kUnlockOf, key::UnlockOf(change.row), "");
  draft.Put(Table::kUnlockExpiry, key::UnlockExpiry(change.row), "");
  return Reason::kNone;
}

// Looks at what is durable, and no further than the first that is still good.
Result<Reason> Lay(Draft& draft, const PruneUnlocks& change) {
  std::vector<std::string> expired;
  TRY(draft.tables().Scan(Table::kUnlockExpiry, "", "", [&](std::string_view key, std::string_view) -> Result<bool> {
    const auto expires_at = KeyReader(key).U64();
    if (!expires_at) return Fault{Reason::kStoreUnavailable, "", "a key of the table unlock_expiry does not read"};
    const bool over = change.at.seconds >= 0 && *expires_at <= static_cast<std::uint64_t>(change.at.seconds);
    if (over) expired.emplace_back(key);
    return over && expired.size() < kUnlocksPrunedAtOnce;
  }));
  for (const std::string& key : expired) {
    // What follows the time is the digest, as in the key of the row.
    TRY(DropUnlock(draft, key.substr(kExpiryBytes)));
    draft.Delete(Table::kUnlockExpiry, key);
  }
  return Reason::kNone;
}

Result<void> DropUnlocks(Draft& draft, const PersonId& person) {
  const std::string prefix = key::UnlockOfPrefix(person);
  TRY_ASSIGN(const auto keys, draft.KeysUnder(Table::kUnlockOf, prefix));
  for (const std::string& key : keys) TRY(DropUnlock(draft, key.substr(prefix.size())));
  return {};
}

Result<void> DropHolderKeys(Draft& draft, const PersonId& person) {
  const std::string prefix = key::HolderKeyOfPrefix(person);
  TRY_ASSIGN(const auto keys, draft.KeysUnder(Table::kHolderKeyOf, prefix));
  for (const std::string& key : keys) {
    // What follows the prefix is the thumbprint, as in the key of the row.
    draft.Delete(Table::kHolderKey, key.substr(prefix.size()));
    draft.Delete(Table::kHolderKeyOf, key);
  }
  draft.Delete(Table::kHolderKeyGood, key::HolderKeyGood(person));
  return {};
}

Result<Reason> Lay(Draft& draft, const AddInvitation& change) {
  HOLDS(Insert(draft, Table::kInvitation, key::Invitation(change.row.id), Encode(change.row)));
  draft.Put(Table::kInvitationFor, key::InvitationFor(change.row), "");
  draft.Put(Table::kInvitationExpiry, key::InvitationExpiry(change.row), "");
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const ReplaceInvitation& change) {
  const std::string key = key::Invitation(change.row.id);
  TRY_ASSIGN(const auto stored, Find<InvitationRow>(draft, Table::kInvitation, key));
  if (!stored) return Reason::kNotFound;
  const bool same_place = stored->organisation == change.row.organisation && stored->number == change.row.number &&
                          stored->expires_at == change.row.expires_at;
  if (change.row.revision != stored->revision + 1 || !same_place) return Reason::kStateConflict;
  draft.Put(Table::kInvitation, key, Encode(change.row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const DropInvitation& change) {
  const std::string key = key::Invitation(change.id);
  TRY_ASSIGN(const auto row, Find<InvitationRow>(draft, Table::kInvitation, key));
  if (!row) return Reason::kNotFound;
  draft.Delete(Table::kInvitation, key);
  draft.Delete(Table::kInvitationFor, key::InvitationFor(*row));
  draft.Delete(Table::kInvitationExpiry, key::InvitationExpiry(*row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddIdentityCheck& change) {
  return Insert(draft, Table::kIdentityCheck, key::IdentityCheck(change.row), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const DropIdentityChecks& change) {
  const std::string prefix = key::IdentityCheckPrefix(change.organisation, change.number);
  TRY_ASSIGN(const auto keys, draft.KeysUnder(Table::kIdentityCheck, prefix));
  for (const std::string& key : keys) draft.Delete(Table::kIdentityCheck, key);
  return Reason::kNone;
}

}  // namespace passport
