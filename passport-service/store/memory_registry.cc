// What MemoryStore does with the rows the registry is made of.
#include "passport-service/store/memory_changes.h"
#include "passport-service/store/memory_pages.h"

namespace passport {

Reason MemoryChange::operator()(const AddOrganisation& change) {
  return Insert(tables_.organisations, key::Organisation(change.row.id), change.row);
}

Reason MemoryChange::operator()(const ReplaceOrganisation& change) {
  const auto at = tables_.organisations.find(key::Organisation(change.row.id));
  if (at == tables_.organisations.end()) return Reason::kNotFound;
  if (at->second.revision + 1 != change.row.revision) return Reason::kStateConflict;
  Set(tables_.organisations, at->first, change.row);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddCertificate& change) {
  return Insert(tables_.certificates, key::Certificate(change.row.kid), change.row);
}

Reason MemoryChange::operator()(const AddProposal& change) {
  if (change.row.number != tables_.proposals.size() + 1) {
    const bool taken = tables_.proposals.contains(key::Sequence(change.row.number));
    return taken ? Reason::kAlreadyExists : Reason::kStateConflict;
  }
  return Insert(tables_.proposals, key::Sequence(change.row.number), change.row);
}

Reason MemoryChange::operator()(const ReplaceProposal& change) {
  const auto at = tables_.proposals.find(key::Sequence(change.row.number));
  if (at == tables_.proposals.end()) return Reason::kNotFound;
  if (at->second.revision + 1 != change.row.revision) return Reason::kStateConflict;
  Set(tables_.proposals, at->first, change.row);
  return Reason::kNone;
}

Result<std::optional<ProposalRow>> MemoryStore::FindProposal(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  return FindIn(tables_.proposals, key::Sequence(number));
}

Result<Page<ProposalRow>> MemoryStore::ProposalRows(std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return PageAfter<ProposalRow>(
      tables_.proposals, "", after, limit, [](const ProposalRow& row) { return row; },
      [](const ProposalRow& row) { return row.number; });
}

Result<std::uint64_t> MemoryStore::NewestProposal() {
  const std::lock_guard lock(mutex_);
  return tables_.proposals.size();
}

}  // namespace passport
