// What the changes expect that files are taken in with.
#include "passport-service/store/lay.h"

namespace passport {

Result<Reason> Lay(Draft& draft, const PutStandingRecord& change) {
  const StandingRecordRow& row = change.row;
  const std::string key = key::StandingRecord(row.organisation, row.person, row.kind, row.identity);
  TRY_ASSIGN(const auto stored, Find<StandingRecordRow>(draft, Table::kStandingRecord, key));
  const auto stands = stored ? std::optional(stored->credential) : std::nullopt;
  if (stands != change.replaces) return Reason::kStateConflict;
  draft.Put(Table::kStandingRecord, key, Encode(row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const DropStandingRecord& change) {
  const std::string key = key::StandingRecord(change.organisation, change.person, change.kind, change.identity);
  TRY_ASSIGN(const auto stored, Find<StandingRecordRow>(draft, Table::kStandingRecord, key));
  if (!stored) return Reason::kNotFound;
  if (stored->credential != change.credential) return Reason::kStateConflict;
  draft.Delete(Table::kStandingRecord, key);
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddMatchKey& change) {
  const std::string key = key::MatchKey(change.row);
  TRY_ASSIGN(const auto stored, Find<MatchKeyRow>(draft, Table::kMatchKey, key));
  if (stored) return stored->person == change.row.person ? Reason::kNone : Reason::kStateConflict;
  // For a birth date this is taken by whatever date the person has.
  const std::string of = key::MatchOf(change.row);
  TRY_ASSIGN(const bool has_another, draft.Has(Table::kMatchOf, of));
  if (has_another) return Reason::kStateConflict;
  draft.Put(Table::kMatchKey, key, Encode(change.row));
  draft.Put(Table::kMatchOf, of, KeyBuilder().Bytes(change.row.key).Take());
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddImport& change) {
  return Insert(draft, Table::kImport, key::Import(change.row.organisation, change.row.import), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const ReplaceImport& change) {
  const std::string key = key::Import(change.row.organisation, change.row.import);
  TRY_ASSIGN(const auto stored, Find<ImportRow>(draft, Table::kImport, key));
  if (!stored) return Reason::kNotFound;
  if (change.row.revision != stored->revision + 1) return Reason::kStateConflict;
  draft.Put(Table::kImport, key, Encode(change.row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const PutDraft& change) {
  const DraftRow& row = change.row;
  TRY_ASSIGN(const auto import, Find<ImportRow>(draft, Table::kImport, key::Import(row.organisation, row.import)));
  if (!import) return Reason::kNotFound;
  if (import->state != ImportState::kStaging) return Reason::kStateConflict;
  draft.Put(Table::kDraft, key::Draft(row.organisation, row.import, row.line, row.part), Encode(row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const ReplaceDraft& change) {
  const DraftRow& row = change.row;
  TRY_ASSIGN(const auto import, Find<ImportRow>(draft, Table::kImport, key::Import(row.organisation, row.import)));
  const std::string key = key::Draft(row.organisation, row.import, row.line, row.part);
  TRY_ASSIGN(const auto stored, Find<DraftRow>(draft, Table::kDraft, key));
  if (!import || !stored) return Reason::kNotFound;
  const bool in_review = import->state == ImportState::kStaged || import->state == ImportState::kIssuing;
  if (!in_review || stored->state != DraftState::kOpen) return Reason::kStateConflict;
  draft.Put(Table::kDraft, key, Encode(row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const PutImportSeries& change) {
  const std::string key = key::ImportSeries(change.row.organisation, change.row.source);
  TRY_ASSIGN(const auto stored, Find<ImportSeriesRow>(draft, Table::kImportSeries, key));
  if ((stored ? stored->sequence : 0) != change.replaces) return Reason::kStateConflict;
  draft.Put(Table::kImportSeries, key, Encode(change.row));
  return Reason::kNone;
}

}  // namespace passport
