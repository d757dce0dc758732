// How a change is laid into a draft: what the rules of all changes are made of, for change_rules.cc and the files it
// calls.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "passport-service/ports/changes.h"
#include "passport-service/store/draft.h"
#include "passport-service/store/row_codec.h"

namespace passport {

// Reads one row and decodes it.
template <class Row>
Result<std::optional<Row>> Find(const Draft& draft, Table table, const std::string& key) {
  TRY_ASSIGN(const auto bytes, draft.Get(table, key));
  if (!bytes) return std::optional<Row>();
  TRY_ASSIGN(auto row, Decode<Row>(*bytes));
  return std::optional<Row>(std::move(row));
}

// Puts a value under a key that must be free.
inline Result<Reason> Insert(Draft& draft, Table table, const std::string& key, std::string value) {
  TRY_ASSIGN(const bool taken, draft.Has(table, key));
  if (taken) return Reason::kAlreadyExists;
  draft.Put(table, key, std::move(value));
  return Reason::kNone;
}

// Passes on a reason that is not kNone.
#define HOLDS(expression)                        \
  do {                                           \
    TRY_ASSIGN(const Reason reason, expression); \
    if (reason != Reason::kNone) return reason;  \
  } while (false)

// person_rules.cc
Result<Reason> Lay(Draft& draft, const AddPerson& change);
Result<Reason> Lay(Draft& draft, const AddEmployment& change);
Result<Reason> Lay(Draft& draft, const AddKeeperKey& change);
Result<Reason> Lay(Draft& draft, const AddDataKey& change);
Result<Reason> Lay(Draft& draft, const ExpectDataKey& change);
Result<Reason> Lay(Draft& draft, const DropDataKey& change);
Result<Reason> Lay(Draft& draft, const DropEmployment& change);
Result<Reason> Lay(Draft& draft, const DropMatchKeys& change);
Result<Reason> Lay(Draft& draft, const DropPerson& change);
Result<Reason> Lay(Draft& draft, const ForgetToken& change);
Result<Reason> Lay(Draft& draft, const ForgetReceipt& change);
Result<Reason> Lay(Draft& draft, const ForgetOverrideWords& change);
Result<Reason> Lay(Draft& draft, const DropDraft& change);
// holding_rules.cc
Result<Reason> Lay(Draft& draft, const ReplacePerson& change);
Result<Reason> Lay(Draft& draft, const AddHolderKey& change);
Result<Reason> Lay(Draft& draft, const EndHolderKey& change);
Result<Reason> Lay(Draft& draft, const ReviveHolderKey& change);
Result<Reason> Lay(Draft& draft, const AddInvitation& change);
Result<Reason> Lay(Draft& draft, const ReplaceInvitation& change);
Result<Reason> Lay(Draft& draft, const DropInvitation& change);
Result<Reason> Lay(Draft& draft, const AddIdentityCheck& change);
Result<Reason> Lay(Draft& draft, const DropIdentityChecks& change);
Result<Reason> Lay(Draft& draft, const AddUnlock& change);
Result<Reason> Lay(Draft& draft, const PruneUnlocks& change);
Result<void> DropUnlocks(Draft& draft, const PersonId& person);
Result<void> DropHolderKeys(Draft& draft, const PersonId& person);
// rebinding_rules.cc
Result<Reason> Lay(Draft& draft, const ExpectPassport& change);
Result<Reason> Lay(Draft& draft, const PutRebinding& change);
Result<Reason> Lay(Draft& draft, const DropRebinding& change);
Result<Reason> Lay(Draft& draft, const PutDispute& change);
Result<Reason> Lay(Draft& draft, const DropDispute& change);
Result<Reason> Lay(Draft& draft, const PassCredential& change);
Result<Reason> Lay(Draft& draft, const SetLeaving& change);
Result<void> DropRebindingAndDisputes(Draft& draft, const PersonId& person);
// import_rules.cc
Result<Reason> Lay(Draft& draft, const PutStandingRecord& change);
Result<Reason> Lay(Draft& draft, const DropStandingRecord& change);
Result<Reason> Lay(Draft& draft, const AddMatchKey& change);
Result<Reason> Lay(Draft& draft, const AddImport& change);
Result<Reason> Lay(Draft& draft, const ReplaceImport& change);
Result<Reason> Lay(Draft& draft, const PutDraft& change);
Result<Reason> Lay(Draft& draft, const ReplaceDraft& change);
Result<Reason> Lay(Draft& draft, const PutImportSeries& change);
// reliance_rules.cc
Result<Reason> Lay(Draft& draft, const AppendReliance& change);
Result<Reason> Lay(Draft& draft, const AddOverride& change);
// share_rules.cc
Result<Reason> Lay(Draft& draft, const AddShare& change);
Result<Reason> Lay(Draft& draft, const ReplaceShare& change);
Result<Reason> Lay(Draft& draft, const ExpectShare& change);
Result<Reason> Lay(Draft& draft, const DropShare& change);
Result<Reason> Lay(Draft& draft, const AppendShareLook& change);
Result<Reason> Lay(Draft& draft, const AppendShareNotice& change);
Result<Reason> Lay(Draft& draft, const PruneShareNotices& change);
Result<Reason> Lay(Draft& draft, const MoveCursor& change);
// system_rules.cc
Result<Reason> Lay(Draft& draft, const AddSystem& change);
Result<Reason> Lay(Draft& draft, const ReplaceSystem& change);
// registry_rules.cc
Result<Reason> Lay(Draft& draft, const AddOrganisation& change);
Result<Reason> Lay(Draft& draft, const ReplaceOrganisation& change);
Result<Reason> Lay(Draft& draft, const AddCertificate& change);
Result<Reason> Lay(Draft& draft, const AddProposal& change);
Result<Reason> Lay(Draft& draft, const ReplaceProposal& change);

}  // namespace passport
