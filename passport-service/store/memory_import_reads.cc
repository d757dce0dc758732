// What MemoryStore answers about files that are taken in and about what somebody relied on.
#include <utility>

#include "passport-service/store/key_layout.h"
#include "passport-service/store/memory_pages.h"
#include "passport-service/store/memory_store.h"

namespace passport {
namespace {

// What stands under the last key that begins so; null when there is none.
template <class Value>
const Value* LastOf(const std::map<std::string, Value>& table, const std::string& prefix) {
  auto at = table.upper_bound(prefix + key::Sequence(UINT64_MAX));
  if (at == table.begin() || !(--at)->first.starts_with(prefix)) return nullptr;
  return &at->second;
}

std::optional<RelianceLink> LinkOf(const RelianceRow* row) {
  return row == nullptr ? std::nullopt : std::optional(row->link);
}

}  // namespace

const RelianceRow* MemoryStore::Tables::LastReliance(const std::string& prefix) const {
  return LastOf(reliances, prefix);
}

const RelianceRow* MemoryStore::Tables::LastRelianceOn(const std::string& prefix) const {
  const std::string* const key = LastOf(reliances_on, prefix);
  return key == nullptr ? nullptr : &reliances.at(*key);
}

Result<std::vector<PersonId>> MemoryStore::FindMatches(const OrganisationId& organisation, MatchKind kind,
                                                       const Digest& key) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page, PageOf<PersonId>(tables_.matches, key::MatchKeyPrefix(organisation, kind, key), "", SIZE_MAX,
                                         [](const MatchKeyRow& row) { return row.person; }));
  return std::move(page.rows);
}

Result<std::vector<Digest>> MemoryStore::MatchKeysOf(const OrganisationId& organisation, const PersonId& person,
                                                     MatchKind kind) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page,
             PageOf<Digest>(tables_.matches_of, key::MatchOfPrefix(organisation, person, kind), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<std::optional<StandingRecordRow>> MemoryStore::FindStandingRecord(const OrganisationId& organisation,
                                                                         const PersonId& person, std::string_view kind,
                                                                         const Digest& identity) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.standing, key::StandingRecord(organisation, person, kind, identity));
}

Result<std::optional<ImportRow>> MemoryStore::FindImport(const OrganisationId& organisation, const RequestId& import) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.imports, key::Import(organisation, import));
}

Result<Page<ImportRow>> MemoryStore::ImportsOf(const OrganisationId& organisation, std::string_view after,
                                               std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<ImportRow>(tables_.imports, key::ImportPrefix(organisation), after, limit);
}

Result<Page<DraftRow>> MemoryStore::DraftsOf(const OrganisationId& organisation, const RequestId& import,
                                             std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<DraftRow>(tables_.drafts, key::DraftPrefix(organisation, import), after, limit);
}

Result<std::optional<DraftRow>> MemoryStore::FindDraft(const OrganisationId& organisation, const RequestId& import,
                                                       std::uint64_t line, std::uint32_t part) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.drafts, key::Draft(organisation, import, line, part));
}

Result<std::optional<ImportSeriesRow>> MemoryStore::FindImportSeries(const OrganisationId& organisation,
                                                                     std::string_view source) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.series, key::ImportSeries(organisation, source));
}

Result<std::optional<RelianceRow>> MemoryStore::FindReliance(const OrganisationId& organisation,
                                                             std::uint64_t sequence) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.reliances, key::Reliance(organisation, sequence));
}

Result<Page<RelianceRow>> MemoryStore::ReliancesOf(const OrganisationId& organisation, std::uint64_t after,
                                                   std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<RelianceRow>(
      tables_.reliances, key::ReliancePrefix(organisation), after, limit, [](const RelianceRow& row) { return row; },
      [](const RelianceRow& row) { return row.link.sequence; });
}

Result<Page<RelianceRow>> MemoryStore::ReliancesOn(const OrganisationId& organisation, std::string_view subject,
                                                   std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<RelianceRow>(
      tables_.reliances_on, key::RelianceOnPrefix(organisation, subject), after, limit,
      [&](const std::string& key) { return tables_.reliances.at(key); },
      [](const RelianceRow& row) { return row.link.subject_sequence; });
}

Result<std::optional<RelianceLink>> MemoryStore::LastLink(const OrganisationId& organisation) {
  const std::lock_guard lock(mutex_);
  return LinkOf(tables_.LastReliance(key::ReliancePrefix(organisation)));
}

Result<std::optional<RelianceLink>> MemoryStore::LastLinkOn(const OrganisationId& organisation,
                                                            std::string_view subject) {
  const std::lock_guard lock(mutex_);
  return LinkOf(tables_.LastRelianceOn(key::RelianceOnPrefix(organisation, subject)));
}

Result<Page<OverrideRow>> MemoryStore::OverridesOf(const OrganisationId& organisation, std::string_view after,
                                                   std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<OverrideRow>(tables_.overrides, key::OverrideOnPrefix(organisation), after, limit);
}

Result<std::vector<OverrideRow>> MemoryStore::OverridesOn(const OrganisationId& organisation, std::uint64_t reliance) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto page,
             PageOf<OverrideRow>(tables_.overrides, key::OverrideOnPrefix(organisation, reliance), "", SIZE_MAX));
  return std::move(page.rows);
}

Result<Page<StandingRecordRow>> MemoryStore::AllStandingRecords(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<StandingRecordRow>(tables_.standing, "", after, limit);
}

Result<Page<MatchKeyRow>> MemoryStore::AllMatchKeys(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<MatchKeyRow>(tables_.matches, "", after, limit);
}

Result<Page<DraftRow>> MemoryStore::AllDrafts(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<DraftRow>(tables_.drafts, "", after, limit);
}

Result<Page<ImportSeriesRow>> MemoryStore::AllImportSeries(std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageOf<ImportSeriesRow>(tables_.series, "", after, limit);
}

}  // namespace passport
