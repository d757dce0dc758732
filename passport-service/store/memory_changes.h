// How MemoryStore carries a change out, and how it takes it back.
#pragma once

#include <functional>
#include <map>
#include <string>
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
  Reason operator()(const AddPerson& change);
  Reason operator()(const AddEmployment& change);
  Reason operator()(const OpenStatusList& change);
  Reason operator()(const TakeSlots& change);
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
  Reason operator()(const AppendAudit& change);
  Reason operator()(const AppendEvent& change);
  void Keep() { undo_.clear(); }

 private:
  template <class Row>
  void Set(std::map<std::string, Row>& table, const std::string& key, Row row);
  template <class Row>
  void Erase(std::map<std::string, Row>& table, const std::string& key);
  template <class Row>
  Reason Insert(std::map<std::string, Row>& table, const std::string& key, Row row);

  MemoryStore::Tables& tables_;
  std::vector<std::function<void()>> undo_;
};

}  // namespace passport
