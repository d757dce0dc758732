#include "passport-service/store/draft.h"

#include <set>
#include <utility>

namespace passport {
namespace {

std::string NameOf(Table table, const std::string& key) { return static_cast<char>(table) + key; }

}  // namespace

Result<std::optional<std::string>> Draft::Get(Table table, const std::string& key) const {
  const std::string name = NameOf(table, key);
  for (const Draft* draft = this; draft != nullptr; draft = draft->under_) {
    if (const auto at = draft->values_.find(name); at != draft->values_.end()) return at->second;
  }
  return tables_.Get(table, key);
}

Result<bool> Draft::Has(Table table, const std::string& key) const {
  TRY_ASSIGN(const auto value, Get(table, key));
  return value.has_value();
}

Result<bool> Draft::HasAny(Table table, const std::string& prefix) const {
  const std::string name = NameOf(table, prefix);
  for (const Draft* draft = this; draft != nullptr; draft = draft->under_) {
    for (const auto& [key, value] : draft->values_) {
      if (!key.starts_with(name)) continue;
      TRY_ASSIGN(const bool there, Has(table, key.substr(1)));
      if (there) return true;
    }
  }
  bool found = false;
  TRY(tables_.Scan(table, prefix, prefix, [&](std::string_view key, std::string_view) -> Result<bool> {
    TRY_ASSIGN(found, Has(table, std::string(key)));
    return !found;
  }));
  return found;
}

Result<std::vector<std::string>> Draft::KeysUnder(Table table, const std::string& prefix) const {
  const std::string name = NameOf(table, prefix);
  std::set<std::string> candidates;
  for (const Draft* draft = this; draft != nullptr; draft = draft->under_) {
    for (const auto& [key, value] : draft->values_) {
      if (key.starts_with(name)) candidates.insert(key.substr(1));
    }
  }
  TRY(tables_.Scan(table, prefix, prefix, [&](std::string_view key, std::string_view) -> Result<bool> {
    candidates.emplace(key);
    return true;
  }));
  std::vector<std::string> keys;
  for (const std::string& key : candidates) {
    TRY_ASSIGN(const bool there, Has(table, key));
    if (there) keys.push_back(key);
  }
  return keys;
}

void Draft::Set(Table table, const std::string& key, std::optional<std::string> value) {
  values_.insert_or_assign(NameOf(table, key), std::move(value));
}

void Draft::Absorb(Draft&& above) {
  for (auto& [name, value] : above.values_) values_.insert_or_assign(name, std::move(value));
  heads = above.heads;
}

void Draft::AppendTo(RocksTables::Batch& batch) const {
  for (const auto& [name, value] : values_) {
    const auto table = static_cast<Table>(name.front());
    const auto key = std::string_view(name).substr(1);
    if (value) {
      batch.Put(table, key, *value);
    } else {
      batch.Delete(table, key);
    }
  }
}

}  // namespace passport
