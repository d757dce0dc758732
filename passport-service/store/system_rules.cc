// What the changes expect that say who may call.
#include "passport-service/store/lay.h"

namespace passport {

Result<Reason> Lay(Draft& draft, const AddSystem& change) {
  TRY_ASSIGN(const bool enrolled, draft.Has(Table::kOrganisation, key::Organisation(change.row.organisation)));
  if (!enrolled) return Reason::kNotFound;
  return Insert(draft, Table::kSystem, key::System(change.row.organisation, change.row.name), Encode(change.row));
}

Result<Reason> Lay(Draft& draft, const ReplaceSystem& change) {
  const std::string key = key::System(change.row.organisation, change.row.name);
  TRY_ASSIGN(const auto stored, Find<SystemRow>(draft, Table::kSystem, key));
  if (!stored) return Reason::kNotFound;
  if (change.row.revision != stored->revision + 1) return Reason::kStateConflict;
  draft.Put(Table::kSystem, key, Encode(change.row));
  return Reason::kNone;
}

}  // namespace passport
