// What RocksStore answers about who works where, and about the keys of what is kept of people.
#include <array>
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {
namespace {

// What an erasure deletes that could open something or find somebody. What is deleted elsewhere was sealed.
constexpr std::array kForgotten = {
    Table::kDataKey,       Table::kKeeperKey,   Table::kEmployee,      Table::kEmployeeOf, Table::kMatchKey,
    Table::kMatchOf,       Table::kPerson,      Table::kPersonCode,    Table::kEmployment, Table::kEmployed,
    Table::kHolderKey,     Table::kHolderKeyOf, Table::kHolderKeyGood, Table::kInvitation, Table::kInvitationFor,
    Table::kIdentityCheck, Table::kRebinding,   Table::kRebindingCode, Table::kDispute,    Table::kDisputeBy,
    Table::kUnlock,        Table::kUnlockOf};

}  // namespace

Result<std::optional<EmploymentRow>> RocksStore::FindEmployment(const OrganisationId& organisation,
                                                                const Digest& number) {
  return Find<EmploymentRow>(Table::kEmployee, key::Employee(organisation, number));
}

Result<std::vector<EmploymentRow>> RocksStore::EmploymentsOf(const OrganisationId& organisation,
                                                             const PersonId& person) {
  std::vector<EmploymentRow> rows;
  const std::string prefix = key::EmployeeOfPrefix(organisation, person);
  TRY(tables_->Scan(Table::kEmployeeOf, prefix, prefix, [&](std::string_view key, std::string_view) -> Result<bool> {
    // What follows the prefix is the number, as in the key of the row.
    const std::string number(key.substr(prefix.size()));
    TRY_ASSIGN(auto row, Find<EmploymentRow>(Table::kEmployee, key::EmployeePrefix(organisation) + number));
    if (!row) return DanglingKey("employee_of");
    rows.push_back(std::move(*row));
    return true;
  }));
  return rows;
}

Result<bool> RocksStore::HasAny(Table table, const std::string& prefix) const {
  bool found = false;
  TRY(tables_->Scan(table, prefix, prefix, [&](std::string_view, std::string_view) -> Result<bool> {
    found = true;
    return false;
  }));
  return found;
}

Result<bool> RocksStore::EmployedAnywhere(const PersonId& person) {
  return HasAny(Table::kEmployeeOf, key::EmployeeOfPrefix(person));
}

Result<bool> RocksStore::Employs(const OrganisationId& organisation, const PersonId& person) {
  return HasAny(Table::kEmployeeOf, key::EmployeeOfPrefix(organisation, person));
}

Result<std::optional<KeeperKeyRow>> RocksStore::FindKeeperKey(std::string_view keeper) {
  return Find<KeeperKeyRow>(Table::kKeeperKey, key::KeeperKey(keeper));
}

Result<std::optional<DataKeyRow>> RocksStore::FindDataKey(const DataOwner& owner) {
  return Find<DataKeyRow>(Table::kDataKey, key::DataKey(owner));
}

Result<void> RocksStore::ForgetDeleted() { return tables_->ForgetDeleted(kForgotten); }

Result<Page<StandingRecordRow>> RocksStore::StandingRecordsOf(const OrganisationId& organisation,
                                                              const PersonId& person, std::string_view after,
                                                              std::size_t limit) {
  return RowsOf<StandingRecordRow>(Table::kStandingRecord, key::StandingRecordPrefix(organisation, person), after,
                                   limit);
}

Result<Page<EmploymentRow>> RocksStore::AllEmployments(std::string_view after, std::size_t limit) {
  return RowsOf<EmploymentRow>(Table::kEmployee, "", after, limit);
}

Result<Page<DataKeyRow>> RocksStore::AllDataKeys(std::string_view after, std::size_t limit) {
  return RowsOf<DataKeyRow>(Table::kDataKey, "", after, limit);
}

}  // namespace passport
