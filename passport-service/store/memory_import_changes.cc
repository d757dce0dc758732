// Files that are taken in, and what somebody relied on.
#include <algorithm>
#include <utility>

#include "passport-service/store/key_layout.h"
#include "passport-service/store/memory_changes.h"

namespace passport {

Reason MemoryChange::operator()(const PutStandingRecord& change) {
  const StandingRecordRow& row = change.row;
  const std::string standing = key::StandingRecord(row.organisation, row.person, row.kind, row.identity);
  const auto at = tables_.standing.find(standing);
  const bool first = at == tables_.standing.end();
  if (first ? change.replaces.has_value() : change.replaces != at->second.credential) return Reason::kStateConflict;
  Set(tables_.standing, standing, row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropStandingRecord& change) {
  const auto at =
      tables_.standing.find(key::StandingRecord(change.organisation, change.person, change.kind, change.identity));
  if (at == tables_.standing.end()) return Reason::kNotFound;
  if (at->second.credential != change.credential) return Reason::kStateConflict;
  Erase(tables_.standing, std::string(at->first));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddMatchKey& change) {
  const MatchKeyRow& row = change.row;
  const std::string match = key::MatchKey(row);
  if (const auto at = tables_.matches.find(match); at != tables_.matches.end()) {
    return at->second.person == row.person ? Reason::kNone : Reason::kStateConflict;
  }
  const std::string of = key::MatchOf(row);
  if (tables_.matches_of.contains(of)) return Reason::kStateConflict;
  Set(tables_.matches, match, row);
  Set(tables_.matches_of, of, row.key);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddImport& change) {
  return Insert(tables_.imports, key::Import(change.row.organisation, change.row.import), change.row);
}

Reason MemoryChange::operator()(const ReplaceImport& change) {
  const auto at = tables_.imports.find(key::Import(change.row.organisation, change.row.import));
  if (at == tables_.imports.end()) return Reason::kNotFound;
  if (at->second.revision + 1 != change.row.revision) return Reason::kStateConflict;
  Set(tables_.imports, at->first, change.row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const PutDraft& change) {
  const DraftRow& row = change.row;
  const auto import = tables_.imports.find(key::Import(row.organisation, row.import));
  if (import == tables_.imports.end()) return Reason::kNotFound;
  if (import->second.state != ImportState::kStaging) return Reason::kStateConflict;
  Set(tables_.drafts, key::Draft(row.organisation, row.import, row.line, row.part), row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const ReplaceDraft& change) {
  const DraftRow& row = change.row;
  const auto import = tables_.imports.find(key::Import(row.organisation, row.import));
  if (import == tables_.imports.end()) return Reason::kNotFound;
  const auto at = tables_.drafts.find(key::Draft(row.organisation, row.import, row.line, row.part));
  if (at == tables_.drafts.end()) return Reason::kNotFound;
  const ImportState state = import->second.state;
  if (state != ImportState::kStaged && state != ImportState::kIssuing) return Reason::kStateConflict;
  if (at->second.state != DraftState::kOpen) return Reason::kStateConflict;
  Set(tables_.drafts, at->first, row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const PutImportSeries& change) {
  const std::string series = key::ImportSeries(change.row.organisation, change.row.source);
  const auto at = tables_.series.find(series);
  const std::uint32_t stored = at == tables_.series.end() ? 0 : at->second.sequence;
  if (stored != change.replaces) return Reason::kStateConflict;
  Set(tables_.series, series, change.row);
  return Reason::kNone;
}

// The links before are found by going back over the rows, not kept beside them as RocksStore does.
Reason MemoryChange::operator()(const AppendReliance& change) {
  const RelianceEntry& entry = change.entry;
  RelianceLink link{.sequence = 1,
                    .subject_sequence = 1,
                    .at = entry.at,
                    .subject = entry.subject,
                    .receipt_digest = entry.receipt_digest};
  if (const auto* const last = tables_.LastReliance(key::ReliancePrefix(entry.organisation))) {
    link.sequence = last->link.sequence + 1;
    link.previous = last->link.hash;
  }
  if (const auto* const last = tables_.LastRelianceOn(key::RelianceOnPrefix(entry.organisation, entry.subject))) {
    link.subject_sequence = last->link.subject_sequence + 1;
    link.subject_previous = last->link.hash;
  }
  link.hash = LinkHash(entry.organisation, link);
  const std::string reliance = key::Reliance(entry.organisation, link.sequence);
  Set(tables_.reliances, reliance, RelianceRow{entry, link});
  Set(tables_.reliances_on, key::RelianceOn(entry.organisation, entry.subject, link.subject_sequence), reliance);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddOverride& change) {
  const OverrideRow& row = change.row;
  const std::string id = key::Override(row.organisation, row.id);
  if (tables_.override_ids.contains(id)) return Reason::kAlreadyExists;
  if (!tables_.reliances.contains(key::Reliance(row.organisation, row.reliance))) return Reason::kNotFound;
  const std::string on = key::OverrideOn(row);
  Set(tables_.overrides, on, row);
  Set(tables_.override_ids, id, on);
  return Reason::kNone;
}

}  // namespace passport
