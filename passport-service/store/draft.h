// Changes that are not written yet, laid over the tables.
//
// A group of commits is one draft over the tables, each commit of it a draft over the group's: what a commit expects is
// checked against what is durable and what comes before it, and a refused commit is a draft thrown away.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "passport-service/store/rocks_tables.h"

namespace passport {

// Where the tables have got to that are written in order.
struct TableHeads {
  std::uint64_t audit_sequence = 0;
  Digest audit_hash{};
  std::uint64_t event_sequence = 0;
  // No key of challenge_expiry is below it, so pruning does not walk over all that was ever pruned.
  std::string first_expiry;
  // The lowest key of challenge_expiry this group adds, which a walk over the tables does not see yet.
  std::string added_expiry;
};

// Used by one thread. Refers to what it lies over.
class Draft {
 public:
  Draft(const RocksTables& tables, const TableHeads& start) : heads(start), tables_(tables), under_(nullptr) {}
  // Over another draft, which must not change meanwhile.
  static Draft Over(const Draft& under) { return Draft(&under); }

  // Fails with kStoreUnavailable.
  Result<std::optional<std::string>> Get(Table table, const std::string& key) const;
  Result<bool> Has(Table table, const std::string& key) const;
  // Whether there is any key that begins so. Walks over the whole draft.
  Result<bool> HasAny(Table table, const std::string& prefix) const;
  // All keys that begin so, in order. Walks over the whole draft.
  Result<std::vector<std::string>> KeysUnder(Table table, const std::string& prefix) const;
  void Put(Table table, const std::string& key, std::string value) { Set(table, key, std::move(value)); }
  void Delete(Table table, const std::string& key) { Set(table, key, std::nullopt); }

  // Takes over what `above`, a draft over this one, holds.
  void Absorb(Draft&& above);
  void AppendTo(RocksTables::Batch& batch) const;
  bool empty() const { return values_.empty(); }
  const RocksTables& tables() const { return tables_; }

  TableHeads heads;

 private:
  explicit Draft(const Draft* under) : heads(under->heads), tables_(under->tables_), under_(under) {}
  void Set(Table table, const std::string& key, std::optional<std::string> value);

  const RocksTables& tables_;
  const Draft* under_;
  std::unordered_map<std::string, std::optional<std::string>> values_;  // by table and key; nullopt is deleted
};

}  // namespace passport
