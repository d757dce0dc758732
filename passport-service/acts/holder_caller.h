// Who is calling when a person does: from a proof that comes with the call, never from the message. No organisation
// takes part (docs/access.md).
#pragma once

#include <optional>
#include <string>

#include "credential/crypto/p256.h"
#include "credential/vocabulary/held_as.h"
#include "credential/vocabulary/identifiers.h"

namespace passport {

// A key that was just used to prove this very call.
struct ProvenKey {
  P256Point point;
  std::string thumbprint;  // RFC 7638
};

// Made by AdmitHolder alone.
struct HolderCaller {
  std::optional<PersonId> person;  // nothing: the key is bound to nobody yet; only Redeem goes on then
  std::optional<ProvenKey> key;    // nothing: proved by the passport code or a session code
  HeldAs held_as = HeldAs::kKept;  // of the person's passport now
  // Proved by a session code: the organisation that recognised the person, for whom alone anything is given.
  std::optional<OrganisationId> session_of = {};
};

}  // namespace passport
