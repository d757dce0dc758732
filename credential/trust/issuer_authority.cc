#include "credential/trust/issuer_authority.h"

#include <algorithm>

#include "credential/encoding/base64.h"

namespace passport {
namespace {

bool IsWithin(Instant at, Instant from, const std::optional<Instant>& until) {
  return from <= at && (!until || at < *until);
}

bool IsKnownCompromised(const RegistryKey& key, Instant now) {
  return key.compromised_since && *key.compromised_since <= now;
}

Fault NoAuthority(std::string_view what) { return {Reason::kIssuer, "TRUST-06", std::string(what)}; }

// Compromised now, or reinstated only after `issued_at`: whoever stole the keys writes any date below.
bool WasTakenOver(const RegistryOrganisation& organisation, Instant issued_at, Instant now) {
  bool taken_over = false;
  for (const StateChange& change : organisation.history) {
    if (change.since > now) break;
    if (change.state == EntryState::kCompromised) {
      taken_over = true;
    } else if (change.state == EntryState::kActive && change.since <= issued_at) {
      taken_over = false;
    }
  }
  return taken_over;
}

Result<void> CheckWindows(const RegistryOrganisation& organisation, const SignedAs& what, Instant now) {
  if (!IsWithin(what.issued_at, organisation.valid_from, organisation.valid_until))
    return NoAuthority("the issuer had no authority when it issued this");
  const bool kind_allowed = std::any_of(
      organisation.kinds.begin(), organisation.kinds.end(),
      [&](const KindWindow& kind) { return kind.vct == what.vct && IsWithin(what.issued_at, kind.from, kind.until); });
  if (!kind_allowed) return Fault{Reason::kIssuer, "TRUST-07", "the issuer could not issue this kind at that time"};
  if (!IsWithin(what.issued_at, what.key.valid_from, what.key.valid_until))
    return NoAuthority("the key was not in use when this was issued");
  const auto passed_on = [&](const Succession& succession) {
    return succession.at <= now && succession.at <= what.issued_at;
  };
  if (std::any_of(organisation.successions.begin(), organisation.successions.end(), passed_on))
    return NoAuthority("the issuer's responsibility had passed to its successor when this was issued");
  return {};
}

}  // namespace

const RegistryKey* FindKey(const std::vector<RegistryKey>& keys, const P256Point& point) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const RegistryKey& key) { return key.key.point() == point; });
  return found == keys.end() ? nullptr : &*found;
}

Result<void> CheckMechanism(const RegistryOrganisation& organisation, const RegistryKey& key, std::string_view leaf) {
  if (organisation.mechanism != KeyMechanism::kX5c) return {};
  if (key.certificate.empty() || leaf != EncodeBase64(key.certificate))
    return Fault{Reason::kKey, "SDVC-05", "x5c does not begin with the certificate of the registry"};
  return {};
}

Result<Reason> JudgeAuthority(const RegistryOrganisation& organisation, const SignedAs& what, Instant now) {
  TRY(CheckWindows(organisation, what, now));
  if (IsKnownCompromised(what.key, now) || WasTakenOver(organisation, what.issued_at, now)) return Reason::kCompromised;
  const Instant then = std::min(what.issued_at, now);
  if (StateAt(organisation, then).state != EntryState::kActive || then < organisation.history.front().since)
    return NoAuthority("the issuer was not active when it issued this");
  return StateAt(organisation, now).state == EntryState::kSuspended ? Reason::kIssuerSuspended : Reason::kNone;
}

Result<void> CheckStatusKey(const RegistryKey& key, Instant issued_at, Instant now) {
  if (IsKnownCompromised(key, now))
    return Fault{Reason::kStatus, "TRUST-06", "the status list was signed by a key that is compromised"};
  if (!IsWithin(issued_at, key.valid_from, key.valid_until))
    return Fault{Reason::kStatus, "TRUST-06", "the key was not in use when the status list was signed"};
  return {};
}

}  // namespace passport
