// How MemoryStore carries a change out, and how it takes it back.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "passport-service/store/memory_store.h"

namespace passport {

// Carries out the changes of one commit one after another. Takes them all back when destroyed, unless kept.
class MemoryChange {
 public:
  explicit MemoryChange(MemoryStore& store) : tables_(store.tables_) {}
  ~MemoryChange();
  MemoryChange(const MemoryChange&) = delete;
  MemoryChange& operator=(const MemoryChange&) = delete;

  // kNone, or why what the change expects does not hold.
  Reason operator()(const AddOrganisation& change);
  Reason operator()(const ReplaceOrganisation& change);
  Reason operator()(const AddCertificate& change);
  Reason operator()(const AddPerson& change);
  Reason operator()(const ReplacePerson& change);
  Reason operator()(const AddHolderKey& change);
  Reason operator()(const EndHolderKey& change);
  Reason operator()(const ReviveHolderKey& change);
  Reason operator()(const AddInvitation& change);
  Reason operator()(const ReplaceInvitation& change);
  Reason operator()(const DropInvitation& change);
  Reason operator()(const AddIdentityCheck& change);
  Reason operator()(const DropIdentityChecks& change);
  Reason operator()(const ExpectPassport& change);
  Reason operator()(const AddUnlock& change);
  Reason operator()(const PruneUnlocks& change);
  Reason operator()(const PutRebinding& change);
  Reason operator()(const DropRebinding& change);
  Reason operator()(const PutDispute& change);
  Reason operator()(const DropDispute& change);
  Reason operator()(const PassCredential& change);
  Reason operator()(const SetLeaving& change);
  Reason operator()(const AddEmployment& change);
  Reason operator()(const AddKeeperKey& change);
  Reason operator()(const AddDataKey& change);
  Reason operator()(const ExpectDataKey& change);
  Reason operator()(const DropDataKey& change);
  Reason operator()(const DropEmployment& change);
  Reason operator()(const DropMatchKeys& change);
  Reason operator()(const DropPerson& change);
  Reason operator()(const ForgetToken& change);
  Reason operator()(const ForgetReceipt& change);
  Reason operator()(const ForgetOverrideWords& change);
  Reason operator()(const DropDraft& change);
  Reason operator()(const OpenStatusList& change);
  Reason operator()(const TakeSlots& change);
  Reason operator()(const RetireStatusList& change);
  Reason operator()(const SetStatus& change);
  Reason operator()(const AddIntent& change);
  Reason operator()(const DropIntent& change);
  Reason operator()(const AddCredential& change);
  Reason operator()(const ChangeCredentialState& change);
  Reason operator()(const RememberAnswer& change);
  Reason operator()(const AddChallenge& change);
  Reason operator()(const ConsumeChallenge& change);
  Reason operator()(const PruneChallenges& change);
  Reason operator()(const PutDocument& change);
  Reason operator()(const WithdrawDocument& change);
  Reason operator()(const PutStandingRecord& change);
  Reason operator()(const DropStandingRecord& change);
  Reason operator()(const AddMatchKey& change);
  Reason operator()(const AddImport& change);
  Reason operator()(const ReplaceImport& change);
  Reason operator()(const PutDraft& change);
  Reason operator()(const ReplaceDraft& change);
  Reason operator()(const PutImportSeries& change);
  Reason operator()(const AppendReliance& change);
  Reason operator()(const AddOverride& change);
  Reason operator()(const AddSystem& change);
  Reason operator()(const ReplaceSystem& change);
  Reason operator()(const AddProposal& change);
  Reason operator()(const ReplaceProposal& change);
  Reason operator()(const AddShare& change);
  Reason operator()(const ReplaceShare& change);
  Reason operator()(const ExpectShare& change);
  Reason operator()(const DropShare& change);
  Reason operator()(const AppendShareLook& change);
  Reason operator()(const AppendShareNotice& change);
  Reason operator()(const PruneShareNotices& change);
  Reason operator()(const MoveCursor& change);
  Reason operator()(const AppendAudit& change);
  Reason operator()(const AppendEvent& change);
  void Keep() { undo_.clear(); }

 private:
  bool HasGoodHolderKey(const PersonId& person) const;
  void DropUnlocks(const PersonId& person);
  void DropRebindingAndDisputes(const PersonId& person);
  template <class Row>
  void Set(std::map<std::string, Row>& table, const std::string& key, Row row);
  template <class Row>
  void Erase(std::map<std::string, Row>& table, const std::string& key);
  template <class Row>
  Reason Insert(std::map<std::string, Row>& table, const std::string& key, Row row);

  MemoryStore::Tables& tables_;
  std::vector<std::function<void()>> undo_;
};

template <class Row>
void MemoryChange::Set(std::map<std::string, Row>& table, const std::string& key, Row row) {
  if (const auto at = table.find(key); at != table.end()) {
    undo_.push_back([&table, key, before = at->second] { table.insert_or_assign(key, before); });
  } else {
    undo_.push_back([&table, key] { table.erase(key); });
  }
  table.insert_or_assign(key, std::move(row));
}

template <class Row>
void MemoryChange::Erase(std::map<std::string, Row>& table, const std::string& key) {
  const auto at = table.find(key);
  if (at == table.end()) return;
  undo_.push_back([&table, key, before = at->second] { table.insert_or_assign(key, before); });
  table.erase(at);
}

template <class Row>
Reason MemoryChange::Insert(std::map<std::string, Row>& table, const std::string& key, Row row) {
  if (table.contains(key)) return Reason::kAlreadyExists;
  Set(table, key, std::move(row));
  return Reason::kNone;
}

}  // namespace passport
