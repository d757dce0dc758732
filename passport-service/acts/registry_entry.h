// An organisation as the registry lists it: its row, and the keys that the key store has for it.
#pragma once

#include <span>

#include "credential/trust/trust_registry.h"
#include "keys/key_info.h"
#include "passport-service/ports/rows.h"

namespace passport {

// Every issue and status key of the organisation is listed but compromised ones: staged keys, so that receivers know
// them before they sign; retired keys, because what they signed stays valid. Fails with kStoreUnavailable when the row
// names a kind of record that there is not.
Result<RegistryOrganisation> EntryOf(const OrganisationRow& row, std::span<const KeyInfo> keys);

}  // namespace passport
