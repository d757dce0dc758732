// What RocksStore knows of how people hold their passports.
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {

Result<std::optional<HolderKeyRow>> RocksStore::FindHolderKey(std::string_view thumbprint) {
  return Find<HolderKeyRow>(Table::kHolderKey, key::HolderKey(thumbprint));
}

Result<std::vector<HolderKeyRow>> RocksStore::HolderKeysOf(const PersonId& person) {
  std::vector<HolderKeyRow> rows;
  const std::string prefix = key::HolderKeyOfPrefix(person);
  TRY(tables_->Scan(Table::kHolderKeyOf, prefix, prefix, [&](std::string_view key, std::string_view) -> Result<bool> {
    // What follows the prefix is the thumbprint, as in the key of the row.
    TRY_ASSIGN(auto row, Find<HolderKeyRow>(Table::kHolderKey, std::string(key.substr(prefix.size()))));
    if (!row) return DanglingKey("holder_key_of");
    rows.push_back(std::move(*row));
    return true;
  }));
  return rows;
}

Result<Page<HolderKeyRow>> RocksStore::AllHolderKeys(std::string_view after, std::size_t limit) {
  return RowsOf<HolderKeyRow>(Table::kHolderKey, "", after, limit);
}

}  // namespace passport
