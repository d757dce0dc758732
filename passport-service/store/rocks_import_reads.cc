// What RocksStore answers about files that are taken in and about what somebody relied on.
#include <algorithm>
#include <utility>

#include "passport-service/store/rocks_pages.h"

namespace passport {

Result<std::vector<PersonId>> RocksStore::FindMatches(const OrganisationId& organisation, MatchKind kind,
                                                      const Digest& key) {
  std::vector<PersonId> people;
  const std::string prefix = key::MatchKeyPrefix(organisation, kind, key);
  TRY(tables_->Scan(Table::kMatchKey, prefix, prefix, [&](std::string_view, std::string_view value) -> Result<bool> {
    TRY_ASSIGN(auto row, Decode<MatchKeyRow>(value));
    people.push_back(std::move(row.person));
    return true;
  }));
  return people;
}

Result<std::vector<Digest>> RocksStore::MatchKeysOf(const OrganisationId& organisation, const PersonId& person,
                                                    MatchKind kind) {
  std::vector<Digest> keys;
  const std::string prefix = key::MatchOfPrefix(organisation, person, kind);
  TRY(tables_->Scan(Table::kMatchOf, prefix, prefix, [&](std::string_view, std::string_view value) -> Result<bool> {
    Digest& key = keys.emplace_back();
    if (value.size() != key.size()) {
      return Fault{Reason::kStoreUnavailable, "", "an entry of the table match_of does not read"};
    }
    std::transform(value.begin(), value.end(), key.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
    return true;
  }));
  return keys;
}

Result<std::optional<StandingRecordRow>> RocksStore::FindStandingRecord(const OrganisationId& organisation,
                                                                        const PersonId& person, std::string_view kind,
                                                                        const Digest& identity) {
  return Find<StandingRecordRow>(Table::kStandingRecord, key::StandingRecord(organisation, person, kind, identity));
}

Result<std::optional<ImportRow>> RocksStore::FindImport(const OrganisationId& organisation, const RequestId& import) {
  return Find<ImportRow>(Table::kImport, key::Import(organisation, import));
}

Result<Page<ImportRow>> RocksStore::ImportsOf(const OrganisationId& organisation, std::string_view after,
                                              std::size_t limit) {
  return RowsOf<ImportRow>(Table::kImport, key::ImportPrefix(organisation), after, limit);
}

Result<Page<DraftRow>> RocksStore::DraftsOf(const OrganisationId& organisation, const RequestId& import,
                                            std::string_view after, std::size_t limit) {
  return RowsOf<DraftRow>(Table::kDraft, key::DraftPrefix(organisation, import), after, limit);
}

Result<std::optional<DraftRow>> RocksStore::FindDraft(const OrganisationId& organisation, const RequestId& import,
                                                      std::uint64_t line, std::uint32_t part) {
  return Find<DraftRow>(Table::kDraft, key::Draft(organisation, import, line, part));
}

Result<std::optional<ImportSeriesRow>> RocksStore::FindImportSeries(const OrganisationId& organisation,
                                                                    std::string_view source) {
  return Find<ImportSeriesRow>(Table::kImportSeries, key::ImportSeries(organisation, source));
}

Result<std::optional<RelianceRow>> RocksStore::FindReliance(const OrganisationId& organisation,
                                                            std::uint64_t sequence) {
  return Find<RelianceRow>(Table::kReliance, key::Reliance(organisation, sequence));
}

Result<Page<RelianceRow>> RocksStore::ReliancesOf(const OrganisationId& organisation, std::uint64_t after,
                                                  std::size_t limit) {
  return PageAfter<RelianceRow>(
      Table::kReliance, key::ReliancePrefix(organisation), after, limit,
      [](std::string_view, std::string_view value) { return Decode<RelianceRow>(value); },
      [](const RelianceRow& row) { return row.link.sequence; });
}

Result<Page<RelianceRow>> RocksStore::ReliancesOn(const OrganisationId& organisation, std::string_view subject,
                                                  std::uint64_t after, std::size_t limit) {
  const auto follow = [&](std::string_view, std::string_view value) -> Result<RelianceRow> {
    // What stands behind the organisation in the key of a reliance is what is kept here.
    const std::string key = key::ReliancePrefix(organisation).append(value);
    TRY_ASSIGN(auto row, Find<RelianceRow>(Table::kReliance, key));
    if (!row) return DanglingKey("reliance_on");
    return std::move(*row);
  };
  return PageAfter<RelianceRow>(Table::kRelianceOn, key::RelianceOnPrefix(organisation, subject), after, limit, follow,
                                [](const RelianceRow& row) { return row.link.subject_sequence; });
}

Result<std::optional<RelianceLink>> RocksStore::LastLink(const OrganisationId& organisation) {
  return Find<RelianceLink>(Table::kRelianceLast, key::RelianceLast(organisation));
}

Result<std::optional<RelianceLink>> RocksStore::LastLinkOn(const OrganisationId& organisation,
                                                           std::string_view subject) {
  return Find<RelianceLink>(Table::kRelianceLast, key::RelianceLastOn(organisation, subject));
}

// Overrides whose keys in one of their tables begin with `prefix`; behind `head` stand reliance and id.
Result<Page<OverrideRow>> RocksStore::OverridesUnder(Table table, const std::string& prefix, std::size_t head,
                                                     const OrganisationId& organisation, std::string_view after,
                                                     std::size_t limit) const {
  const auto follow = [&](std::string_view key, std::string_view) -> Result<OverrideRow> {
    const char* const name = kTableNames[static_cast<std::size_t>(table)];
    KeyReader parts(key.substr(head));
    const auto reliance = parts.U64();
    const auto text = parts.Text();
    if (!reliance || !text || !parts.AtEnd()) return DanglingKey(name);
    const auto id = RequestId::Parse(*text);
    if (!id.ok()) return DanglingKey(name);
    TRY_ASSIGN(auto row, Find<OverrideRow>(Table::kOverride, key::Override(organisation, *id)));
    if (!row) return DanglingKey(name);
    return std::move(*row);
  };
  return PageOf<OverrideRow>(table, prefix, after, limit, follow);
}

Result<Page<OverrideRow>> RocksStore::OverridesOf(const OrganisationId& organisation, std::string_view after,
                                                  std::size_t limit) {
  const std::string prefix = key::OverrideOnPrefix(organisation);
  return OverridesUnder(Table::kOverrideOn, prefix, prefix.size(), organisation, after, limit);
}

Result<std::vector<OverrideRow>> RocksStore::OverridesOn(const OrganisationId& organisation, std::uint64_t reliance) {
  const std::size_t head = key::OverrideOnPrefix(organisation).size();
  const std::string prefix = key::OverrideOnPrefix(organisation, reliance);
  TRY_ASSIGN(auto page, OverridesUnder(Table::kOverrideOn, prefix, head, organisation, "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::vector<OverrideRow>> RocksStore::OverridesFor(const OrganisationId& organisation,
                                                          std::string_view subject) {
  const std::string prefix = key::OverrideForPrefix(organisation, subject);
  TRY_ASSIGN(auto page, OverridesUnder(Table::kOverrideFor, prefix, prefix.size(), organisation, "", SIZE_MAX));
  return std::move(page.rows);
}

Result<Page<StandingRecordRow>> RocksStore::AllStandingRecords(std::string_view after, std::size_t limit) {
  return RowsOf<StandingRecordRow>(Table::kStandingRecord, "", after, limit);
}

Result<Page<MatchKeyRow>> RocksStore::AllMatchKeys(std::string_view after, std::size_t limit) {
  return RowsOf<MatchKeyRow>(Table::kMatchKey, "", after, limit);
}

Result<Page<DraftRow>> RocksStore::AllDrafts(std::string_view after, std::size_t limit) {
  return RowsOf<DraftRow>(Table::kDraft, "", after, limit);
}

Result<Page<ImportSeriesRow>> RocksStore::AllImportSeries(std::string_view after, std::size_t limit) {
  return RowsOf<ImportSeriesRow>(Table::kImportSeries, "", after, limit);
}

}  // namespace passport
