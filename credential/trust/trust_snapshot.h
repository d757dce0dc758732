// Registry and status lists as known at one moment. All of one answer comes from one snapshot, and names it.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "credential/crypto/issuer_memory.h"
#include "credential/status/status_token.h"
#include "credential/trust/trust_registry.h"

namespace passport {

// How old evidence may be before the answer is "cannot tell".
struct Freshness {
  Seconds status_age_max;  // since a list was issued
  Seconds registry_grace;  // after the registry's next_update
};

struct ListLife {
  Instant issued_at;
  Instant expires_at;
  // From then on it is too old.
  Instant UntilWith(Freshness freshness) const {
    return std::min(expires_at, issued_at + freshness.status_age_max + Seconds{1});
  }
};

// Immutable; any thread may read. Copies of the pointer keep it alive while newer ones take its place. What is
// remembered of the issuers in it makes answers faster and never others.
class TrustSnapshot final : public StatusSource {
 public:
  class Builder;

  const TrustRegistry& registry() const { return *registry_; }
  Freshness freshness() const { return freshness_; }
  // base64url SHA-256 over the registry and every list in it: two snapshots of one id know the same.
  const std::string& id() const { return id_; }
  // Of the issuers of this registry; null: nothing is remembered.
  const KnownIssuers* memory() const { return known_issuers_ ? &*known_issuers_ : nullptr; }
  // How long each list lives, by URI.
  using Lives = std::map<std::string, ListLife, std::less<>>;
  Lives ListLives() const;
  // Fails with kRegistryStale when the registry is past next_update and grace.
  Result<void> CheckRegistryAge(Instant at) const;

  // A list that is past its exp or older than allowed is kStatusStale; none at all is kStatusUnknown; that of a
  // successor that is compromised is kCompromised.
  Result<StatusReading> Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) override;
  Result<StatusReading> Read(const StatusReference& reference, const TrustedIssuer& issuer, Instant at) const;

 private:
  TrustSnapshot() = default;
  std::shared_ptr<const TrustRegistry> registry_;
  Freshness freshness_{};
  std::shared_ptr<IssuerMemory> memory_;
  std::optional<KnownIssuers> known_issuers_;
  std::map<std::string, std::shared_ptr<const StatusListToken>, std::less<>> lists_;  // by URI
  std::string id_;
};

// Gathers a snapshot. Used by one thread.
class TrustSnapshot::Builder {
 public:
  Builder(std::shared_ptr<const TrustRegistry> registry, Freshness freshness);
  // Keeps the lists of an older snapshot: newer ones replace them, and an older one than was known is refused (TSL-19).
  void StartFrom(const TrustSnapshot& older);
  // What is verified with this snapshot remembers issuers there. One memory serves many snapshots, one after another.
  void Remember(std::shared_ptr<IssuerMemory> memory);
  // Verifies a list under the status keys of the issuer whose prefix its URI stands under (TSL-07 to TSL-16), and keeps
  // it. An expired list is kept: reading it is kStatusStale. Fails with kStatus or kLimit; the others stay.
  Result<void> AddStatusToken(std::string_view uri, std::string_view token, Instant now, Seconds leeway);
  // Takes this very list over from a snapshot of the same registry, which has verified it. False when it has it not.
  bool Keep(const TrustSnapshot& known, std::string_view uri, std::string_view token);
  // Refuses from here on what is older than was seen before (TSL-19): when each list was issued, by URI.
  void RefuseOlderThan(std::map<std::string, Instant, std::less<>> seen) { seen_ = std::move(seen); }
  std::shared_ptr<const TrustSnapshot> Build() &&;

 private:
  std::unique_ptr<TrustSnapshot> snapshot_;
  std::map<std::string, Instant, std::less<>> seen_;
};

}  // namespace passport
