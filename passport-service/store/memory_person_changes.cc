// Who somebody is, and what erases.
#include <algorithm>
#include <utility>
#include <vector>

#include "passport-service/store/key_layout.h"
#include "passport-service/store/memory_changes.h"

namespace passport {

Reason MemoryChange::operator()(const AddPerson& change) {
  const std::string person = key::Person(change.row.id);
  const std::string code = key::PersonCode(change.row.passport_code_hash);
  if (tables_.people.contains(person) || tables_.codes.contains(code)) return Reason::kAlreadyExists;
  Set(tables_.people, person, change.row);
  Set(tables_.codes, code, person);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const AddEmployment& change) {
  return Insert(tables_.employments, key::Employee(change.row.organisation, change.row.number), change.row);
}

Reason MemoryChange::operator()(const AddKeeperKey& change) {
  return Insert(tables_.keeper_keys, key::KeeperKey(change.row.keeper), change.row);
}

Reason MemoryChange::operator()(const AddDataKey& change) {
  return Insert(tables_.data_keys, key::DataKey(change.row.owner), change.row);
}

Reason MemoryChange::operator()(const ExpectDataKey& change) {
  return tables_.data_keys.contains(key::DataKey(change.owner)) ? Reason::kNone : Reason::kNotFound;
}

Reason MemoryChange::operator()(const DropDataKey& change) {
  Erase(tables_.data_keys, key::DataKey(change.owner));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropEmployment& change) {
  const std::string key = key::Employee(change.organisation, change.number);
  if (!tables_.employments.contains(key)) return Reason::kNotFound;
  Erase(tables_.employments, key);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropMatchKeys& change) {
  std::vector<MatchKeyRow> theirs;
  for (const auto& [key, row] : tables_.matches) {
    if (row.organisation == change.organisation && row.person == change.person) theirs.push_back(row);
  }
  for (const MatchKeyRow& row : theirs) {
    Erase(tables_.matches, key::MatchKey(row));
    Erase(tables_.matches_of, key::MatchOf(row));
  }
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropPerson& change) {
  const std::string person = key::Person(change.person);
  const auto at = tables_.people.find(person);
  if (at == tables_.people.end()) return Reason::kNotFound;
  const bool employed = std::any_of(tables_.employments.begin(), tables_.employments.end(),
                                    [&](const auto& entry) { return entry.second.person == change.person; });
  if (employed) return Reason::kStateConflict;
  std::vector<std::string> theirs;
  for (const auto& [thumbprint, row] : tables_.holder_keys) {
    if (row.person == change.person) theirs.push_back(thumbprint);
  }
  for (const std::string& thumbprint : theirs) Erase(tables_.holder_keys, thumbprint);
  DropUnlocks(change.person);
  DropRebindingAndDisputes(change.person);
  Erase(tables_.codes, key::PersonCode(at->second.passport_code_hash));
  Erase(tables_.people, person);
  return Reason::kNone;
}

Reason MemoryChange::operator()(const ForgetToken& change) {
  const auto at = tables_.credentials.find(key::Credential(change.organisation, change.id));
  if (at == tables_.credentials.end()) return Reason::kNotFound;
  CredentialRow row = at->second;
  row.sealed_token.clear();
  Set(tables_.credentials, at->first, std::move(row));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const ForgetReceipt& change) {
  const auto at = tables_.reliances.find(key::Reliance(change.organisation, change.sequence));
  if (at == tables_.reliances.end()) return Reason::kNotFound;
  RelianceRow row = at->second;
  row.entry.sealed_receipt.clear();
  Set(tables_.reliances, at->first, std::move(row));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const ForgetOverrideWords& change) {
  const auto id = tables_.override_ids.find(key::Override(change.organisation, change.id));
  if (id == tables_.override_ids.end()) return Reason::kNotFound;
  OverrideRow row = tables_.overrides.at(id->second);
  row.sealed_words.clear();
  Set(tables_.overrides, id->second, std::move(row));
  return Reason::kNone;
}

Reason MemoryChange::operator()(const DropDraft& change) {
  const std::string key = key::Draft(change.organisation, change.import, change.line, change.part);
  if (!tables_.drafts.contains(key)) return Reason::kNotFound;
  Erase(tables_.drafts, key);
  return Reason::kNone;
}

}  // namespace passport
