// What the changes expect that bind a passport to another key, and those of what people say of their records.
#include "passport-service/store/lay.h"

namespace passport {

Result<Reason> Lay(Draft& draft, const ExpectPassport& change) {
  TRY_ASSIGN(const auto stored, Find<PersonRow>(draft, Table::kPerson, key::Person(change.person)));
  if (!stored) return Reason::kNotFound;
  return stored->passport_code_hash == change.passport_code_hash ? Reason::kNone : Reason::kStateConflict;
}

Result<Reason> Lay(Draft& draft, const PutRebinding& change) {
  const RebindingRow& row = change.row;
  TRY_ASSIGN(const bool there, draft.Has(Table::kPerson, key::Person(row.person)));
  if (!there) return Reason::kNotFound;
  const std::string key = key::Rebinding(row.person);
  TRY_ASSIGN(const auto stored, Find<RebindingRow>(draft, Table::kRebinding, key));
  if (row.revision != (stored ? stored->revision : 0) + 1) return Reason::kStateConflict;
  if (stored && stored->old_code && stored->old_code != row.old_code)
    draft.Delete(Table::kRebindingCode, key::RebindingCode(*stored->old_code));
  if (row.old_code) draft.Put(Table::kRebindingCode, key::RebindingCode(*row.old_code), row.person.text());
  draft.Put(Table::kRebinding, key, Encode(row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const DropRebinding& change) {
  const std::string key = key::Rebinding(change.person);
  TRY_ASSIGN(const auto stored, Find<RebindingRow>(draft, Table::kRebinding, key));
  if (!stored) return Reason::kNotFound;
  if (stored->revision != change.revision) return Reason::kStateConflict;
  if (stored->old_code) draft.Delete(Table::kRebindingCode, key::RebindingCode(*stored->old_code));
  draft.Delete(Table::kRebinding, key);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const PutDispute& change) {
  const DisputeRow& row = change.row;
  TRY_ASSIGN(const bool there, draft.Has(Table::kPerson, key::Person(row.person)));
  if (!there) return Reason::kNotFound;
  const std::string key = key::Dispute(row.organisation, row.id);
  TRY_ASSIGN(const auto stored, Find<DisputeRow>(draft, Table::kDispute, key));
  if (row.revision != (stored ? stored->revision : 0) + 1) return Reason::kStateConflict;
  if (stored && stored->person != row.person) draft.Delete(Table::kDisputeBy, key::DisputeBy(*stored));
  draft.Put(Table::kDispute, key, Encode(row));
  draft.Put(Table::kDisputeBy, key::DisputeBy(row), "");
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const DropDispute& change) {
  const std::string key = key::Dispute(change.organisation, change.id);
  TRY_ASSIGN(const auto stored, Find<DisputeRow>(draft, Table::kDispute, key));
  if (!stored) return Reason::kNotFound;
  draft.Delete(Table::kDispute, key);
  draft.Delete(Table::kDisputeBy, key::DisputeBy(*stored));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const PassCredential& change) {
  const std::string key = key::Credential(change.organisation, change.id);
  TRY_ASSIGN(auto row, Find<CredentialRow>(draft, Table::kCredential, key));
  if (!row) return Reason::kNotFound;
  if (row->person != change.from) return Reason::kStateConflict;
  draft.Delete(Table::kHolding, key::Holding(*row));
  row->person = change.to;
  draft.Put(Table::kHolding, key::Holding(*row), "");
  draft.Put(Table::kCredential, key, Encode(*row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const SetLeaving& change) {
  const std::string key = key::Employee(change.organisation, change.number);
  TRY_ASSIGN(auto row, Find<EmploymentRow>(draft, Table::kEmployee, key));
  if (!row) return Reason::kNotFound;
  row->left_at = change.left_at;
  row->sealed_leaving = change.sealed_leaving;
  draft.Put(Table::kEmployee, key, Encode(*row));
  return Reason::kNone;
}

Result<void> DropRebindingAndDisputes(Draft& draft, const PersonId& person) {
  TRY_ASSIGN(const auto stored, Find<RebindingRow>(draft, Table::kRebinding, key::Rebinding(person)));
  if (stored) TRY(Lay(draft, DropRebinding{person, stored->revision}));
  const std::string prefix = key::DisputeByPrefix(person);
  TRY_ASSIGN(const auto keys, draft.KeysUnder(Table::kDisputeBy, prefix));
  for (const std::string& key : keys) {
    // What follows the prefix is the key of the row.
    draft.Delete(Table::kDispute, key.substr(prefix.size()));
    draft.Delete(Table::kDisputeBy, key);
  }
  return {};
}

}  // namespace passport
