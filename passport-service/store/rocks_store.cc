#include "passport-service/store/rocks_store.h"

#include <utility>

#include "passport-service/store/change_rules.h"
#include "passport-service/store/row_codec.h"

namespace passport {
namespace {

Result<TableHeads> ReadHeads(const RocksTables& tables) {
  TableHeads heads;
  TRY_ASSIGN(const auto audit, tables.Last(Table::kAudit));
  if (audit) {
    TRY_ASSIGN(const auto row, Decode<AuditRow>(*audit));
    heads.audit_sequence = row.sequence;
    heads.audit_hash = row.hash;
  }
  TRY_ASSIGN(const auto event, tables.Last(Table::kEvent));
  if (event) {
    TRY_ASSIGN(const auto row, Decode<EventRow>(*event));
    heads.event_sequence = row.sequence;
  }
  return heads;
}

// Lays all changes of one commit over the group's draft, or none.
Commit LayCommit(Draft& group, const Changes& changes) {
  Draft mine = Draft::Over(group);
  for (std::size_t at = 0; at < changes.size(); ++at) {
    const auto reason = LayInto(mine, changes[at]);
    if (!reason.ok()) return {.outcome = CommitOutcome::kRetry, .reason = reason.fault().reason};
    if (*reason != Reason::kNone) {
      return {.outcome = CommitOutcome::kRefused, .refused_at = at, .reason = *reason};
    }
  }
  group.Absorb(std::move(mine));
  return {.outcome = CommitOutcome::kDone};
}

void DecideAll(std::span<PendingCommit* const> group, const Commit& commit) {
  for (PendingCommit* const member : group) member->commit = commit;
}

}  // namespace

RocksStore::RocksStore(RocksOptions options, DataFolder folder, std::unique_ptr<RocksTables> tables, TableHeads heads)
    : options_(std::move(options)),
      folder_(std::move(folder)),
      tables_(std::move(tables)),
      heads_(std::move(heads)),
      queue_([this](std::span<PendingCommit* const> group) { WriteGroup(group); }) {}

Result<std::unique_ptr<RocksStore>> RocksStore::Open(const RocksOptions& options) {
  TRY_ASSIGN(DataFolder folder, DataFolder::Hold(options.folder, options.create ? Making::kAllowed : Making::kRefused));
  const auto create = folder.making()  ? RocksTables::Create::kAll
                      : folder.older() ? RocksTables::Create::kMissingTables
                                       : RocksTables::Create::kNothing;
  TRY_ASSIGN(auto tables, RocksTables::Open(folder.tables(), create, options));
  if (folder.making() || folder.older()) TRY(folder.FinishMaking());
  TRY_ASSIGN(TableHeads heads, ReadHeads(*tables));
  return std::unique_ptr<RocksStore>(new RocksStore(options, std::move(folder), std::move(tables), std::move(heads)));
}

Result<void> RocksStore::Raise(RaiseSeals& seals) {
  TRY(RaiseRows(*tables_, seals));
  // The manifest still names the first and last keys of files that are gone; opening begins a new one.
  tables_.reset();
  TRY_ASSIGN(tables_, RocksTables::Open(folder_.tables(), RocksTables::Create::kNothing, options_));
  return folder_.FinishRaising();
}

Result<std::filesystem::path> RocksStore::TakeCopy() const {
  const std::filesystem::path copy = folder_.copy();
  TRY(tables_->CopyTo(copy));
  return copy;
}

Commit RocksStore::Apply(const Changes& changes) { return queue_.Submit(changes); }

void RocksStore::WriteGroup(std::span<PendingCommit* const> group) {
  if (stopped_) return DecideAll(group, {.outcome = CommitOutcome::kRetry, .reason = Reason::kStoreUnavailable});
  if (tables_->Full()) return DecideAll(group, {.outcome = CommitOutcome::kRetry, .reason = Reason::kStoreFull});
  heads_.added_expiry.clear();
  Draft draft(*tables_, heads_);
  for (PendingCommit* const member : group) member->commit = LayCommit(draft, *member->changes);
  if (!draft.empty()) {
    auto batch = tables_->NewBatch();
    draft.AppendTo(batch);
    const auto written = tables_->Write(batch);
    if (written != RocksTables::Written::kDurable) return Finish(group, written);
  }
  heads_ = std::move(draft.heads);
}

// The group was not written for sure. Whoever was refused may have been refused for what another of the group was about
// to write, so that is not certain either: nothing of theirs happened, and they may ask again.
void RocksStore::Finish(std::span<PendingCommit* const> group, RocksTables::Written written) {
  const bool full = written == RocksTables::Written::kNoSpace;
  const bool unknown = full || written == RocksTables::Written::kBroken;
  if (written == RocksTables::Written::kBroken) stopped_ = true;
  for (PendingCommit* const member : group) {
    const bool tried = member->commit.outcome == CommitOutcome::kDone && !member->changes->empty();
    member->commit = {.outcome = unknown && tried ? CommitOutcome::kUnknown : CommitOutcome::kRetry,
                      .reason = full ? Reason::kStoreFull : Reason::kStoreUnavailable};
  }
}

}  // namespace passport
