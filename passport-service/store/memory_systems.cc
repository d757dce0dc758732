// What MemoryStore knows of those who may call.
#include <utility>

#include "passport-service/store/memory_changes.h"
#include "passport-service/store/memory_pages.h"

namespace passport {

Reason MemoryChange::operator()(const AddSystem& change) {
  if (!tables_.organisations.contains(key::Organisation(change.row.organisation))) return Reason::kNotFound;
  return Insert(tables_.systems, key::System(change.row.organisation, change.row.name), change.row);
}

Reason MemoryChange::operator()(const ReplaceSystem& change) {
  const auto at = tables_.systems.find(key::System(change.row.organisation, change.row.name));
  if (at == tables_.systems.end()) return Reason::kNotFound;
  if (at->second.revision + 1 != change.row.revision) return Reason::kStateConflict;
  Set(tables_.systems, at->first, change.row);
  return Reason::kNone;
}

Result<std::optional<SystemRow>> MemoryStore::FindSystem(const OrganisationId& organisation, std::string_view name) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.systems, key::System(organisation, name));
}

Result<std::vector<SystemRow>> MemoryStore::SystemsOf(const OrganisationId& organisation) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<SystemRow>(tables_.systems, key::SystemPrefix(organisation), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<Page<SystemRow>> MemoryStore::AllSystems(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<SystemRow>(tables_.systems, "", after, limit);
}

}  // namespace passport
