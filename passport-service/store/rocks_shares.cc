// What RocksStore knows of shares.
#include <algorithm>
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {
namespace {

// The share that the last part of an index key names.
Result<ShareId> ShareAtEnd(KeyReader key, const char* table) {
  const std::optional<std::string> text = key.Text();
  if (!text || !key.AtEnd()) return DanglingKey(table);
  Result<ShareId> id = ShareId::Parse(*text);
  if (!id.ok()) return DanglingKey(table);
  return id;
}

}  // namespace

Result<std::optional<ShareRow>> RocksStore::FindShare(const ShareId& id) {
  return Find<ShareRow>(Table::kShare, key::Share(id));
}

Result<Page<ShareRow>> RocksStore::SharesUnder(Table table, const std::string& prefix, const char* name,
                                               std::string_view after, std::size_t limit) const {
  return PageOf<ShareRow>(table, prefix, after, limit, [&](std::string_view key, std::string_view) -> Result<ShareRow> {
    TRY_ASSIGN(const ShareId id, ShareAtEnd(KeyReader(key.substr(prefix.size())), name));
    TRY_ASSIGN(auto row, Find<ShareRow>(Table::kShare, key::Share(id)));
    if (!row) return DanglingKey(name);
    return std::move(*row);
  });
}

Result<Page<ShareRow>> RocksStore::SharesOf(const OrganisationId& receiver, std::string_view after, std::size_t limit) {
  return SharesUnder(Table::kShareOf, key::Organisation(receiver), "share_of", after, limit);
}

Result<Page<ShareRow>> RocksStore::SharesOfPerson(const PersonId& person, std::string_view after, std::size_t limit) {
  return SharesUnder(Table::kShareHeld, key::ShareHeldPrefix(person), "share_held", after, limit);
}

Result<Page<ShareId>> RocksStore::ShareIdsUnder(Table table, const std::string& prefix, const char* name,
                                                std::string_view after, std::size_t limit) const {
  return PageOf<ShareId>(table, prefix, after, limit, [&](std::string_view key, std::string_view) {
    return ShareAtEnd(KeyReader(key.substr(prefix.size())), name);
  });
}

Result<Page<ShareId>> RocksStore::ShareIds(std::string_view after, std::size_t limit) {
  return ShareIdsUnder(Table::kShare, "", "share", after, limit);
}

Result<std::vector<ShareId>> RocksStore::AllShareIdsUnder(Table table, const std::string& prefix,
                                                          const char* name) const {
  std::vector<ShareId> ids;
  TRY(tables_->Scan(table, prefix, prefix, [&](std::string_view key, std::string_view) -> Result<bool> {
    TRY_ASSIGN(auto id, ShareAtEnd(KeyReader(key.substr(prefix.size())), name));
    ids.push_back(std::move(id));
    return true;
  }));
  return ids;
}

Result<std::vector<ShareId>> RocksStore::SharesWith(const CredentialId& credential) {
  return AllShareIdsUnder(Table::kShareWith, key::ShareWithPrefix(credential), "share_with");
}

Result<std::vector<ShareId>> RocksStore::SharesAbout(const OrganisationId& receiver, std::string_view subject) {
  return AllShareIdsUnder(Table::kShareAbout, key::ShareAboutPrefix(receiver, subject), "share_about");
}

Result<std::vector<ShareId>> RocksStore::SharesDue(Instant at, std::size_t limit) {
  std::vector<ShareId> ids;
  TRY(tables_->Scan(Table::kShareDue, "", "", [&](std::string_view key, std::string_view) -> Result<bool> {
    KeyReader parts(key);
    const std::optional<std::uint64_t> due = parts.U64();
    if (!due) return DanglingKey("share_due");
    if (static_cast<std::int64_t>(*due) > at.seconds || ids.size() >= std::max<std::size_t>(limit, 1)) return false;
    TRY_ASSIGN(auto id, ShareAtEnd(parts, "share_due"));
    ids.push_back(std::move(id));
    return true;
  }));
  return ids;
}

Result<Page<ShareLookRow>> RocksStore::ShareLooks(const ShareId& share, std::uint64_t after, std::size_t limit) {
  return PageAfter<ShareLookRow>(
      Table::kShareLook, key::Share(share), after, limit,
      [](std::string_view, std::string_view value) { return Decode<ShareLookRow>(value); },
      [](const ShareLookRow& row) { return row.sequence; });
}

Result<std::uint64_t> RocksStore::LastShareLook(const ShareId& share) {
  TRY_ASSIGN(const auto last, tables_->Get(Table::kShareLookLast, key::Share(share)));
  return last ? KeyReader(*last).U64().value_or(0) : 0;
}

Result<Page<ShareNoticeRow>> RocksStore::ShareNotices(const OrganisationId& receiver, std::uint64_t after,
                                                      std::size_t limit) {
  return PageAfter<ShareNoticeRow>(
      Table::kShareNotice, key::Organisation(receiver), after, limit,
      [](std::string_view, std::string_view value) { return Decode<ShareNoticeRow>(value); },
      [](const ShareNoticeRow& row) { return row.sequence; });
}

Result<std::uint64_t> RocksStore::LastShareNotice(const OrganisationId& receiver) {
  TRY_ASSIGN(const auto last, tables_->Get(Table::kShareNoticeLast, key::Organisation(receiver)));
  return last ? KeyReader(*last).U64().value_or(0) : 0;
}

Result<std::uint64_t> RocksStore::FindCursor(std::string_view name) {
  TRY_ASSIGN(const auto stored, tables_->Get(Table::kCursor, key::Cursor(name)));
  return stored ? KeyReader(*stored).U64().value_or(0) : 0;
}

// One lookup an organisation: there are thousands at most, and only a person's own question asks this.
Result<std::vector<OrganisationId>> RocksStore::ReliersOn(std::string_view subject) {
  TRY_ASSIGN(const std::vector<OrganisationRow> all, AllOrganisations());
  std::vector<OrganisationId> reliers;
  for (const OrganisationRow& each : all) {
    TRY_ASSIGN(const auto last, tables_->Get(Table::kRelianceLast, key::RelianceLastOn(each.id, subject)));
    if (last) reliers.push_back(each.id);
  }
  return reliers;
}

Result<Page<ShareRow>> RocksStore::AllShares(std::string_view after, std::size_t limit) {
  return RowsOf<ShareRow>(Table::kShare, "", after, limit);
}

}  // namespace passport
