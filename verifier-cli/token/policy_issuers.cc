// The registry inside a policy.
#include <array>
#include <set>
#include <utility>

#include "verifier-cli/token/members.h"
#include "verifier-cli/token/policy.h"

namespace passport {
namespace {

constexpr std::array<std::string_view, 6> kIssuerMembers = {"iss", "mechanism",   "keys",
                                                            "vct", "status_uris", "status_keys"};

Result<KeySet> ReadKeys(const Members& entry, std::string_view name, const json::Value* keys) {
  if (keys == nullptr) return KeySet();
  for (const json::Value& key : *keys) {
    if (!key.is_object()) return ConfigFault(entry.PathOf(name), "holds something other than keys");
  }
  Result<KeySet> set = KeySet::Read(*keys);
  if (set.ok()) return set;
  Fault fault = std::move(set).fault();
  fault.detail = entry.PathOf(name) + ": " + fault.detail;
  return fault;
}

// Whose keys these are, by thumbprint. Keys of kinds without one can not sign for anybody.
using KeyOwners = std::map<std::string, std::set<std::string>>;

void NoteOwner(const json::Value* keys, const std::string& issuer, KeyOwners& owners) {
  if (keys == nullptr) return;
  for (const json::Value& key : *keys) {
    const Result<std::string> thumbprint = Thumbprint(key);
    if (thumbprint.ok()) owners[*thumbprint].insert(issuer);
  }
}

Result<TrustedIssuer> ReadEntry(const json::Value& value, std::string where, KeyOwners& owners) {
  TRY_ASSIGN(const Members entry, Members::Of(value, std::move(where), kIssuerMembers));
  TrustedIssuer issuer;
  TRY_ASSIGN(issuer.issuer, entry.Text("iss"));
  TRY_ASSIGN(const std::string mechanism, entry.Text("mechanism"));
  if (mechanism != "jwks") return ConfigFault(entry.PathOf("mechanism"), "is not jwks");
  TRY_ASSIGN(const json::Value* const keys, entry.Array("keys"));
  TRY_ASSIGN(const json::Value* const status_keys, entry.ArrayIfThere("status_keys"));
  TRY_ASSIGN(issuer.keys, ReadKeys(entry, "keys", keys));
  TRY_ASSIGN(issuer.status_keys, ReadKeys(entry, "status_keys", status_keys));
  TRY_ASSIGN(issuer.vcts, entry.Texts("vct"));
  TRY_ASSIGN(issuer.status_uris, entry.TextsIfThere("status_uris"));
  NoteOwner(keys, issuer.issuer, owners);
  return issuer;
}

}  // namespace

Result<PolicyIssuers> PolicyIssuers::Read(const json::Value& registry) {
  PolicyIssuers issuers;
  KeyOwners owners;
  std::size_t number = 0;
  for (const json::Value& value : registry) {
    const std::string where = "policy.registry[" + std::to_string(number++) + "]";
    TRY_ASSIGN(TrustedIssuer issuer, ReadEntry(value, where, owners));
    const std::string name = issuer.issuer;
    if (!issuers.issuers_.emplace(name, std::move(issuer)).second) {
      return ConfigFault(where + ".iss", "is that of another entry");
    }
  }
  for (const auto& [thumbprint, names] : owners) {
    if (names.size() < 2) continue;
    for (const std::string& name : names) issuers.left_out_ += issuers.issuers_.erase(name);
  }
  return issuers;
}

const TrustedIssuer* PolicyIssuers::Find(std::string_view issuer) const {
  const auto found = issuers_.find(issuer);
  return found == issuers_.end() ? nullptr : &found->second;
}

}  // namespace passport
