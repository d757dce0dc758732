#include "credential/crypto/key_set.h"

#include <algorithm>
#include <utility>

namespace passport {
namespace {

Fault NoKey(std::string_view what) { return {Reason::kKey, "SDVC-08", std::string(what)}; }

}  // namespace

Result<KeySet> KeySet::Read(const json::Value& jwks) {
  if (!jwks.is_array()) return NoKey("keys are not an array");
  KeySet set;
  for (const json::Value& jwk : jwks) {
    if (!jwk.is_object()) return NoKey("a key is not an object");
    for (const std::string_view name : {"d", "k", "priv"}) {  // of EC, OKP and RSA; oct; AKP
      if (jwk.Find(name) != nullptr) return NoKey("a key holds a private part");
    }
    TRY_ASSIGN(const std::string_view kid, ReadKid(jwk));
    Result<PublicKey> key = ReadJwk(jwk);
    set.entries_.push_back({std::string(kid), key.ok() ? std::optional(*key) : std::nullopt});
  }
  return set;
}

Result<KeySet> KeySet::ReadOne(const json::Value& jwk) {
  json::Tree tree;
  json::Value& jwks = tree.Array();
  jwks.Append(tree.Copy(jwk));
  TRY_ASSIGN(KeySet set, Read(jwks));
  set.any_name_ = true;
  return set;
}

void KeySet::Add(std::string kid, PublicKey key) { entries_.push_back({std::move(kid), std::move(key)}); }

void KeySet::Remove(const PublicKey& key) {
  std::erase_if(entries_, [&](const Entry& entry) { return entry.key && *entry.key == key; });
}

bool KeySet::Holds(const PublicKey& key) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.key && *entry.key == key; });
}

Result<VerifiedJws> KeySet::Verify(const UnverifiedJws& token, const KnownIssuers* memory) const {
  std::vector<const Entry*> candidates;
  const bool named = !any_name_ && !token.kid().empty();
  for (const Entry& entry : entries_) {
    if (!named || entry.kid == token.kid()) candidates.push_back(&entry);
  }
  if (candidates.empty()) return NoKey("no key of the issuer fits");
  if (named && candidates.size() > 1) return NoKey("kid names more than one key");
  if (candidates.size() > kTriesMax) return NoKey("the token names no key and there are too many to try");
  std::optional<Fault> last;
  for (const Entry* candidate : candidates) {
    if (!candidate->key) {
      last = NoKey("the key can not be used for ES256");
      continue;
    }
    Result<VerifiedJws> verified = token.Verify(*candidate->key, memory);
    if (verified.ok()) return verified;
    last = std::move(verified).fault();
  }
  return *last;
}

}  // namespace passport
