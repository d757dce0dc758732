// What the changes expect that make up the registry.
#include "passport-service/store/lay.h"

namespace passport {

Result<Reason> Lay(Draft& draft, const AddOrganisation& change) {
  return Insert(draft, Table::kOrganisation, key::Organisation(change.row.id), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const ReplaceOrganisation& change) {
  const std::string key = key::Organisation(change.row.id);
  TRY_ASSIGN(const auto stored, Find<OrganisationRow>(draft, Table::kOrganisation, key));
  if (!stored) return Reason::kNotFound;
  if (change.row.revision != stored->revision + 1) return Reason::kStateConflict;
  draft.Put(Table::kOrganisation, key, Encode(change.row));
  return Reason::kNone;
}

Result<Reason> Lay(Draft& draft, const AddCertificate& change) {
  return Insert(draft, Table::kCertificate, key::Certificate(change.row.kid), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const AddProposal& change) {
  const std::uint64_t number = change.row.number;
  if (number == 0) return Reason::kStateConflict;
  if (number > 1) {
    TRY_ASSIGN(const bool next, draft.Has(Table::kProposal, key::Sequence(number - 1)));
    if (!next) return Reason::kStateConflict;
  }
  return Insert(draft, Table::kProposal, key::Sequence(number), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const ReplaceProposal& change) {
  const std::string key = key::Sequence(change.row.number);
  TRY_ASSIGN(const auto stored, Find<ProposalRow>(draft, Table::kProposal, key));
  if (!stored) return Reason::kNotFound;
  if (change.row.revision != stored->revision + 1) return Reason::kStateConflict;
  draft.Put(Table::kProposal, key, Encode(change.row));
  return Reason::kNone;
}

}  // namespace passport
