// What RocksStore knows of those who may call.
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {

Result<std::optional<SystemRow>> RocksStore::FindSystem(const OrganisationId& organisation, std::string_view name) {
  return Find<SystemRow>(Table::kSystem, key::System(organisation, name));
}

Result<std::vector<SystemRow>> RocksStore::SystemsOf(const OrganisationId& organisation) {
  TRY_ASSIGN(auto page, RowsOf<SystemRow>(Table::kSystem, key::SystemPrefix(organisation), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<Page<SystemRow>> RocksStore::AllSystems(std::string_view after, std::size_t limit) {
  return RowsOf<SystemRow>(Table::kSystem, "", after, limit);
}

}  // namespace passport
