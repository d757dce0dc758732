// What the changes expect that say how people hold their passports.
#include "passport-service/store/lay.h"

namespace passport {
namespace {

// There are as many as were made within a quarter of an hour: all are looked at.
template <class Which>
Result<void> DropUnlocksThat(Draft& draft, const Which& which) {
  TRY_ASSIGN(const auto keys, draft.KeysUnder(Table::kUnlock, ""));
  for (const std::string& key : keys) {
    TRY_ASSIGN(const auto row, Find<UnlockRow>(draft, Table::kUnlock, key));
    if (row && which(*row)) draft.Delete(Table::kUnlock, key);
  }
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
  return Insert(draft, Table::kUnlock, key::Unlock(change.row.code), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const PruneUnlocks& change) {
  TRY(DropUnlocksThat(draft, [&](const UnlockRow& row) { return row.expires_at <= change.at; }));
  return Reason::kNone;
}

Result<void> DropUnlocks(Draft& draft, const PersonId& person) {
  return DropUnlocksThat(draft, [&](const UnlockRow& row) { return row.person == person; });
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
