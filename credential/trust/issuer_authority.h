// Whether an organisation had the right to sign what it signed, by one registry entry and at the time of the question.
//
// Four answers: it had; it had not (a Fault); it is suspended or compromised and therefore nobody can tell. `iat` is
// the issuer's own word: it can bar a credential, and never saves one of a key or an organisation that was compromised.
#pragma once

#include <optional>
#include <string_view>

#include "credential/crypto/jws.h"
#include "credential/trust/registry_content.h"

namespace passport {

// The listed key with that point, or null.
const RegistryKey* FindKey(const std::vector<RegistryKey>& keys, const P256Point& point);

// SDVC-05: under the mechanism x5c a token begins its `x5c` with the very certificate that the registry lists for the
// key that signed it; under the other, `x5c` says nothing. `leaf` is the text of its first element, empty without one.
// Fails with kKey.
Result<void> CheckMechanism(const RegistryOrganisation& organisation, const RegistryKey& key, std::string_view leaf);

// What was signed, by which of the organisation's keys, and when by its own word.
struct SignedAs {
  std::string_view vct;
  const RegistryKey& key;
  Instant issued_at;
};

// kNone; kIssuerSuspended or kCompromised where nobody can tell. Fails with kIssuer: TRUST-06 when organisation or key
// had no authority at `issued_at`, TRUST-07 when that kind could not be issued then. Changes that lie after `now` are
// announced, not in force.
Result<Reason> JudgeAuthority(const RegistryOrganisation& organisation, const SignedAs& what, Instant now);

// Whether a status key may speak with a list of that time: in its window and not known to be compromised. Fails with
// kStatus (TRUST-06).
Result<void> CheckStatusKey(const RegistryKey& key, Instant issued_at, Instant now);

}  // namespace passport
