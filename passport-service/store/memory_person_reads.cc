// What MemoryStore answers about who works where, and about the keys of what is kept of people.
#include <algorithm>

#include "passport-service/store/key_layout.h"
#include "passport-service/store/memory_pages.h"
#include "passport-service/store/memory_store.h"

namespace passport {

Result<std::optional<EmploymentRow>> MemoryStore::FindEmployment(const OrganisationId& organisation,
                                                                 const Digest& number) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.employments, key::Employee(organisation, number));
}

Result<std::vector<EmploymentRow>> MemoryStore::EmploymentsOf(const OrganisationId& organisation,
                                                              const PersonId& person) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<EmploymentRow>(tables_.employments, key::EmployeePrefix(organisation), "", SIZE_MAX));
  std::erase_if(page.rows, [&](const EmploymentRow& row) { return row.person != person; });
  return std::move(page.rows);
}

Result<bool> MemoryStore::Employs(const OrganisationId& organisation, const PersonId& person) {
  TRY_ASSIGN(const auto rows, EmploymentsOf(organisation, person));
  return !rows.empty();
}

Result<bool> MemoryStore::EmployedAnywhere(const PersonId& person) {
  const std::lock_guard lock(mutex_);
  return std::any_of(tables_.employments.begin(), tables_.employments.end(),
                     [&](const auto& entry) { return entry.second.person == person; });
}

Result<std::optional<KeeperKeyRow>> MemoryStore::FindKeeperKey(std::string_view keeper) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.keeper_keys, key::KeeperKey(keeper));
}

Result<std::optional<DataKeyRow>> MemoryStore::FindDataKey(const DataOwner& owner) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.data_keys, key::DataKey(owner));
}

Result<void> MemoryStore::ForgetDeleted() {
  const std::lock_guard lock(mutex_);
  ++forgets_;
  return {};
}

Result<Page<StandingRecordRow>> MemoryStore::StandingRecordsOf(const OrganisationId& organisation,
                                                               const PersonId& person, std::string_view after,
                                                               std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<StandingRecordRow>(tables_.standing, key::StandingRecordPrefix(organisation, person), after, limit);
}

Result<Page<EmploymentRow>> MemoryStore::AllEmployments(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<EmploymentRow>(tables_.employments, "", after, limit);
}

Result<Page<DataKeyRow>> MemoryStore::AllDataKeys(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<DataKeyRow>(tables_.data_keys, "", after, limit);
}

}  // namespace passport
