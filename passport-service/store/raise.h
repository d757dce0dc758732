// How the rows of schema 2 become rows of schema 3: what stood in clear or under one key for all is sealed under keys
// of people. The rows are the store's business, the keys are not.
#pragma once

#include "passport-service/ports/raise_seals.h"
#include "passport-service/store/rocks_tables.h"

namespace passport {

// Raises all rows, table by table, and takes what was in clear out of the files. Rows that were raised before are left
// alone, so it goes on where it was cut off. Nobody else may write meanwhile but the vault. Fails with
// kStoreUnavailable and as `seals` does.
Result<void> RaiseRows(RocksTables& tables, RaiseSeals& seals);

}  // namespace passport
