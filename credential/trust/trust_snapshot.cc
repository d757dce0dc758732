#include "credential/trust/trust_snapshot.h"

#include <utility>

#include "credential/trust/issuer_authority.h"

namespace passport {
namespace {

const RegistryOrganisation* OwnerOf(const TrustRegistry& registry, std::string_view uri) {
  for (const RegistryOrganisation& organisation : registry.organisations()) {
    const std::string& prefix = organisation.status_uri_prefix;
    if (!prefix.empty() && uri.size() > prefix.size() && uri.starts_with(prefix)) return &organisation;
  }
  return nullptr;
}

KeySet StatusKeysOf(const RegistryOrganisation& organisation) {
  KeySet keys;
  for (const RegistryKey& key : organisation.status_keys) keys.Add(key.kid, key.key);
  return keys;
}

// Under the keys of whoever answered for the owner's credentials when the list was signed, as the list tells it: an old
// key can not go on by writing an old date, because old lists are stale.
Result<StatusListToken> VerifyForOwner(const TrustRegistry& registry, const RegistryOrganisation& owner,
                                       std::string_view uri, std::string_view token, Instant now) {
  // Expiry is judged when the list is read, so that a list that has expired answers "stale" and not "unknown".
  constexpr Seconds kAnyAge{std::int64_t{1} << 40};
  const StatusTokenRules rules{.now = now,
                               .leeway = kAnyAge,
                               .allowed_algs = Es256Only(),
                               .token_bytes = kStatusTokenBytesMax,
                               .inflated_bytes = kStatusInflatedBytesMax};
  const RegistryOrganisation* by = &registry.ResponsibleFor(owner, now);
  Result<StatusListToken> list = VerifyStatusToken(token, uri, StatusKeysOf(*by), rules);
  if (!list.ok() && by != &owner) {
    by = &owner;
    list = VerifyStatusToken(token, uri, StatusKeysOf(*by), rules);
  }
  if (!list.ok()) return list;
  if (&registry.ResponsibleFor(owner, list->issued_at) != by)
    return Fault{Reason::kStatus, "TSL-08", "another organisation answered for this list when it was signed"};
  const RegistryKey* key = FindKey(by->status_keys, list->key);
  assert(key != nullptr);
  if (!CheckMechanism(*by, *key, list->leaf).ok())
    return Fault{Reason::kStatus, "SDVC-05", "the status list does not carry the certificate of the registry"};
  TRY(CheckStatusKey(*key, list->issued_at, now));
  return list;
}

}  // namespace

Result<void> TrustSnapshot::CheckRegistryAge(Instant at) const {
  if (at < registry_->next_update() + freshness_.registry_grace) return {};
  return Fault{Reason::kRegistryStale, "TRUST-11", "the registry is past its next update"};
}

Result<StatusReading> TrustSnapshot::Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) {
  return std::as_const(*this).Read(reference, issuer, at);
}

Result<StatusReading> TrustSnapshot::Read(const StatusReference& reference, const TrustedIssuer& issuer,
                                          Instant at) const {
  if (!issuer.MayUseStatusUri(reference.uri)) return Fault{Reason::kStatus, "TSL-04", "status uri is not the issuer's"};
  if (issuer.listed != nullptr) {
    const RegistryOrganisation* by = registry_->Responsible(issuer, at);
    if (by != nullptr && StateAt(*by, at).state == EntryState::kCompromised)
      return Fault{Reason::kCompromised, "TRUST-06", "who answers for the status of this issuer is compromised"};
  }
  const auto found = lists_.find(reference.uri);
  if (found == lists_.end()) return Fault{Reason::kStatusUnknown, "TSL-18", "no such status list at hand"};
  const StatusListToken& token = *found->second;
  if (at >= token.expires_at) return Fault{Reason::kStatusStale, "TSL-11", "the status list has expired"};
  if (at > token.issued_at + freshness_.status_age_max)
    return Fault{Reason::kStatusStale, "TSL-10", "the status list is too old"};
  TRY_ASSIGN(const std::uint8_t value, token.list.At(reference.index));
  return StatusReading{.value = value, .as_of = token.issued_at};
}

TrustSnapshot::Builder::Builder(std::shared_ptr<const TrustRegistry> registry, Freshness freshness)
    : snapshot_(new TrustSnapshot()) {
  snapshot_->registry_ = std::move(registry);
  snapshot_->freshness_ = freshness;
}

void TrustSnapshot::Builder::StartFrom(const TrustSnapshot& older) { snapshot_->lists_ = older.lists_; }

void TrustSnapshot::Builder::Remember(std::shared_ptr<IssuerMemory> memory) {
  assert(memory != nullptr);
  snapshot_->memory_ = std::move(memory);
  snapshot_->known_issuers_.emplace(*snapshot_->memory_, snapshot_->registry_->digest());
}

Result<void> TrustSnapshot::Builder::AddStatusToken(std::string_view uri, std::string_view token, Instant now,
                                                    Seconds leeway) {
  const TrustRegistry& registry = *snapshot_->registry_;
  const RegistryOrganisation* owner = OwnerOf(registry, uri);
  if (owner == nullptr) return Fault{Reason::kStatus, "TSL-08", "no organisation owns this status uri"};
  TRY_ASSIGN(StatusListToken list, VerifyForOwner(registry, *owner, uri, token, now));
  if (list.issued_at > now + leeway) return Fault{Reason::kStatus, "TSL-10", "the status list is from the future"};
  if (const auto seen = seen_.find(uri); seen != seen_.end() && list.issued_at < seen->second)
    return Fault{Reason::kStatus, "TSL-19", "an older status list than was seen before"};
  const auto known = snapshot_->lists_.find(uri);
  if (known != snapshot_->lists_.end() && list.issued_at < known->second->issued_at) {
    return Fault{Reason::kStatus, "TSL-19", "an older status list than was seen before"};
  }
  snapshot_->lists_[std::string(uri)] = std::make_shared<const StatusListToken>(std::move(list));
  return {};
}

bool TrustSnapshot::Builder::Keep(const TrustSnapshot& known, std::string_view uri, std::string_view token) {
  if (known.registry().digest() != snapshot_->registry_->digest()) return false;
  const auto at = known.lists_.find(uri);
  if (at == known.lists_.end()) return false;
  if (at->second->signing_input_digest != Sha256(token.substr(0, token.rfind('.')))) return false;
  snapshot_->lists_[at->first] = at->second;
  return true;
}

TrustSnapshot::Lives TrustSnapshot::ListLives() const {
  Lives lives;
  for (const auto& [uri, list] : lists_) lives.emplace(uri, ListLife{list->issued_at, list->expires_at});
  return lives;
}

std::shared_ptr<const TrustSnapshot> TrustSnapshot::Builder::Build() && {
  std::string known(snapshot_->registry_->digest().begin(), snapshot_->registry_->digest().end());
  for (const auto& [uri, token] : snapshot_->lists_) {
    known.append(token->signing_input_digest.begin(), token->signing_input_digest.end());
  }
  snapshot_->id_ = Sha256Text(known);
  return std::move(snapshot_);
}

}  // namespace passport
