// What RocksStore knows of passports that are bound to another key, and of what people say of their records.
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {

Result<std::optional<RebindingRow>> RocksStore::FindRebinding(const PersonId& person) {
  return Find<RebindingRow>(Table::kRebinding, key::Rebinding(person));
}

Result<std::optional<RebindingRow>> RocksStore::FindRebindingByCode(const Digest& old_code) {
  TRY_ASSIGN(const auto text, tables_->Get(Table::kRebindingCode, key::RebindingCode(old_code)));
  if (!text) return std::optional<RebindingRow>();
  TRY_ASSIGN(const PersonId person, PersonId::Parse(*text));
  TRY_ASSIGN(auto row, FindRebinding(person));
  // It may have gone between the two reads; then it was not there.
  if (row && row->old_code != old_code) row.reset();
  return row;
}

Result<Page<RebindingRow>> RocksStore::AllRebindings(std::string_view after, std::size_t limit) {
  return RowsOf<RebindingRow>(Table::kRebinding, "", after, limit);
}

Result<std::optional<DisputeRow>> RocksStore::FindDispute(const OrganisationId& organisation, std::string_view id) {
  return Find<DisputeRow>(Table::kDispute, key::Dispute(organisation, id));
}

Result<Page<DisputeRow>> RocksStore::DisputesOf(const OrganisationId& organisation, std::string_view after,
                                                std::size_t limit) {
  return RowsOf<DisputeRow>(Table::kDispute, key::DisputePrefix(organisation), after, limit);
}

Result<std::vector<DisputeRow>> RocksStore::DisputesBy(const PersonId& person) {
  std::vector<DisputeRow> rows;
  const std::string prefix = key::DisputeByPrefix(person);
  TRY(tables_->Scan(Table::kDisputeBy, prefix, prefix, [&](std::string_view key, std::string_view) -> Result<bool> {
    // What follows the prefix is the key of the row.
    TRY_ASSIGN(auto row, Find<DisputeRow>(Table::kDispute, std::string(key.substr(prefix.size()))));
    if (!row) return DanglingKey("dispute_by");
    rows.push_back(std::move(*row));
    return true;
  }));
  return rows;
}

}  // namespace passport
