// What is kept of a person and of their credentials, as it lies in the store and as it is read.
#pragma once

#include <optional>
#include <string>

#include "passport-service/acts/person_vault.h"

namespace passport {

// The holder key of a person.
struct HolderKeyPair {
  std::string jwk;     // public, JSON text
  std::string sealed;  // KeyStore::MakeHolderKey: the private half, which only the key store opens; empty where the
                       // person has it
};
// `row.sealed_holder` and the key that goes with it; both are new. Fails as PersonVault::SealFresh.
Result<PersonVault::Fresh> SealHolder(PersonVault& vault, const PersonId& person, const HolderKeyPair& keys);
// The same under a key that may be there already, made durably if it is not. Fails as PersonVault::Seal.
Result<std::string> SealHolderAgain(PersonVault& vault, const PersonId& person, const HolderKeyPair& keys);
// Fails as PersonVault::Open, and with kNotFound when the person was erased.
Result<HolderKeyPair> OpenHolder(PersonVault& vault, const PersonRow& row);

// The same for a credential that is about to be kept.
Result<PersonVault::Fresh> SealToken(PersonVault& vault, const OrganisationId& organisation, const CredentialId& id,
                                     std::string_view token);
Result<std::string> SealTokenAgain(PersonVault& vault, const CredentialRow& row, std::string_view token);
// The token of a credential; nothing when it was erased. Fails as PersonVault::Open.
Result<std::optional<std::string>> OpenToken(PersonVault& vault, const CredentialRow& row);

}  // namespace passport
