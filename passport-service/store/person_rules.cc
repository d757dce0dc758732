// What the changes expect that say who somebody is, and those that erase.
#include <array>
#include <vector>

#include "passport-service/store/lay.h"

namespace passport {
namespace {

constexpr std::array kMatchKinds = {MatchKind::kAssignmentNumber, MatchKind::kNationalInsuranceNumber,
                                    MatchKind::kRegistrationNumber, MatchKind::kNameAndBirthDate,
                                    MatchKind::kBirthDate};

// Reads one row, changes it, puts it back.
template <class Row, class Edit>
Result<Reason> Alter(Draft& draft, Table table, const std::string& key, const Edit& edit) {
  TRY_ASSIGN(auto row, Find<Row>(draft, table, key));
  if (!row) return Reason::kNotFound;
  edit(*row);
  draft.Put(table, key, Encode(*row));
  return Reason::kNone;
}

}  // namespace

Result<Reason> Lay(Draft& draft, const AddPerson& change) {
  HOLDS(Insert(draft, Table::kPerson, key::Person(change.row.id), Encode(change.row)));
  return Insert(draft, Table::kPersonCode, key::PersonCode(change.row.passport_code_hash), change.row.id.text());
}

Result<Reason> Lay(Draft& draft, const AddEmployment& change) {
  const EmploymentRow& row = change.row;
  HOLDS(Insert(draft, Table::kEmployee, key::Employee(row.organisation, row.number), Encode(row)));
  draft.Put(Table::kEmployeeOf, key::EmployeeOf(row), "");
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddKeeperKey& change) {
  return Insert(draft, Table::kKeeperKey, key::KeeperKey(change.row.keeper), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const AddDataKey& change) {
  return Insert(draft, Table::kDataKey, key::DataKey(change.row.owner), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const ExpectDataKey& change) {
  TRY_ASSIGN(const bool there, draft.Has(Table::kDataKey, key::DataKey(change.owner)));
  return there ? Reason::kNone : Reason::kNotFound;
}

Result<Reason> Lay(Draft& draft, const DropDataKey& change) {
  draft.Delete(Table::kDataKey, key::DataKey(change.owner));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const DropEmployment& change) {
  const std::string key = key::Employee(change.organisation, change.number);
  TRY_ASSIGN(const auto row, Find<EmploymentRow>(draft, Table::kEmployee, key));
  if (!row) return Reason::kNotFound;
  draft.Delete(Table::kEmployee, key);
  draft.Delete(Table::kEmployeeOf, key::EmployeeOf(*row));
  return Reason::kNone;
}

// Finds what is durable: a key learnt in the same group of commits stays behind, and is of somebody nobody employs.
Result<Reason> Lay(Draft& draft, const DropMatchKeys& change) {
  for (const MatchKind kind : kMatchKinds) {
    const std::string prefix = key::MatchOfPrefix(change.organisation, change.person, kind);
    std::vector<std::string> found;
    TRY(draft.tables().Scan(
        Table::kMatchOf, prefix, prefix, [&](std::string_view key, std::string_view value) -> Result<bool> {
          Digest digest{};
          if (value.size() != digest.size()) {
            return Fault{Reason::kStoreUnavailable, "", "an entry of the table match_of is damaged"};
          }
          std::copy(value.begin(), value.end(), digest.begin());
          draft.Delete(Table::kMatchKey, key::MatchKey({change.organisation, kind, digest, change.person}));
          found.emplace_back(key);
          return true;
        }));
    for (const std::string& key : found) draft.Delete(Table::kMatchOf, key);
  }
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const DropPerson& change) {
  const std::string key = key::Person(change.person);
  TRY_ASSIGN(const auto row, Find<PersonRow>(draft, Table::kPerson, key));
  if (!row) return Reason::kNotFound;
  TRY_ASSIGN(const bool employed, draft.HasAny(Table::kEmployeeOf, key::EmployeeOfPrefix(change.person)));
  if (employed) return Reason::kStateConflict;
  TRY(DropHolderKeys(draft, change.person));
  TRY(DropUnlocks(draft, change.person));
  TRY(DropRebindingAndDisputes(draft, change.person));
  draft.Delete(Table::kPerson, key);
  draft.Delete(Table::kPersonCode, key::PersonCode(row->passport_code_hash));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const ForgetToken& change) {
  return Alter<CredentialRow>(draft, Table::kCredential, key::Credential(change.organisation, change.id),
                              [](CredentialRow& row) { row.sealed_token.clear(); });
}

Result<Reason> Lay(Draft& draft, const ForgetReceipt& change) {
  return Alter<RelianceRow>(draft, Table::kReliance, key::Reliance(change.organisation, change.sequence),
                            [](RelianceRow& row) { row.entry.sealed_receipt.clear(); });
}

Result<Reason> Lay(Draft& draft, const ForgetOverrideWords& change) {
  return Alter<OverrideRow>(draft, Table::kOverride, key::Override(change.organisation, change.id),
                            [](OverrideRow& row) { row.sealed_words.clear(); });
}

Result<Reason> Lay(Draft& draft, const DropDraft& change) {
  const std::string key = key::Draft(change.organisation, change.import, change.line, change.part);
  TRY_ASSIGN(const bool there, draft.Has(Table::kDraft, key));
  if (!there) return Reason::kNotFound;
  draft.Delete(Table::kDraft, key);
  return Reason::kNone;
}

}  // namespace passport
