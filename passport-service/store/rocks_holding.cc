// What RocksStore knows of how people hold their passports.
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {

Result<std::optional<HolderKeyRow>> RocksStore::FindHolderKey(std::string_view thumbprint) {
  return Find<HolderKeyRow>(Table::kHolderKey, key::HolderKey(thumbprint));
}

Result<std::optional<UnlockRow>> RocksStore::FindUnlock(const Digest& code) {
  return Find<UnlockRow>(Table::kUnlock, key::Unlock(code));
}

Result<Page<UnlockRow>> RocksStore::AllUnlocks(std::string_view after, std::size_t limit) {
  return RowsOf<UnlockRow>(Table::kUnlock, "", after, limit);
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

Result<std::optional<InvitationRow>> RocksStore::FindInvitation(std::string_view id) {
  return Find<InvitationRow>(Table::kInvitation, key::Invitation(id));
}

Result<std::vector<InvitationRow>> RocksStore::InvitationsFor(const OrganisationId& organisation,
                                                              const Digest& number) {
  std::vector<InvitationRow> rows;
  const std::string prefix = key::InvitationForPrefix(organisation, number);
  TRY(tables_->Scan(Table::kInvitationFor, prefix, prefix, [&](std::string_view key, std::string_view) -> Result<bool> {
    TRY_ASSIGN(auto row, Find<InvitationRow>(Table::kInvitation, std::string(key.substr(prefix.size()))));
    if (!row) return DanglingKey("invitation_for");
    rows.push_back(std::move(*row));
    return true;
  }));
  return rows;
}

Result<std::vector<InvitationRow>> RocksStore::ExpiredInvitations(Instant at, std::size_t limit) {
  std::vector<InvitationRow> rows;
  TRY(tables_->Scan(Table::kInvitationExpiry, "", "", [&](std::string_view key, std::string_view) -> Result<bool> {
    KeyReader parts(key);
    const auto expires_at = parts.U64();
    const auto id = parts.Text();
    if (!expires_at || !id || !parts.AtEnd()) return DanglingKey("invitation_expiry");
    if (rows.size() >= limit || static_cast<std::int64_t>(*expires_at) > at.seconds) return false;
    TRY_ASSIGN(auto row, Find<InvitationRow>(Table::kInvitation, key::Invitation(*id)));
    if (!row) return DanglingKey("invitation_expiry");
    rows.push_back(std::move(*row));
    return true;
  }));
  return rows;
}

Result<std::vector<IdentityCheckRow>> RocksStore::IdentityChecksOf(const OrganisationId& organisation,
                                                                   const Digest& number) {
  TRY_ASSIGN(auto page, RowsOf<IdentityCheckRow>(Table::kIdentityCheck, key::IdentityCheckPrefix(organisation, number),
                                                 "", SIZE_MAX));
  return std::move(page.rows);
}

Result<Page<InvitationRow>> RocksStore::AllInvitations(std::string_view after, std::size_t limit) {
  return RowsOf<InvitationRow>(Table::kInvitation, "", after, limit);
}

Result<Page<IdentityCheckRow>> RocksStore::AllIdentityChecks(std::string_view after, std::size_t limit) {
  return RowsOf<IdentityCheckRow>(Table::kIdentityCheck, "", after, limit);
}

}  // namespace passport
