// What is in a passport, and how one whose key the service keeps is presented.
#pragma once

#include <vector>

#include "credential/decision/decision.h"
#include "credential/passport/held_credential.h"
#include "keys/key_store.h"
#include "passport-service/acts/person_vault.h"

namespace passport {

// One credential a person holds.
struct InPassport {
  CredentialRow row;
  HeldCredential credential;
};

// Everything a person holds and could show, without what receivers no longer take: out of time, of an issuer or key not
// vouched for any more, bound to a holder key that was given up. Fails with kStoreUnavailable when one does not verify,
// and as store and key store do.
Result<std::vector<InPassport>> AllInPassport(Store& store, PersonVault& vault, const PersonRow& person,
                                              const TrustSnapshot& snapshot, Instant now);

// What can be chosen from: all but the revoked. Points into `held`.
std::vector<HeldRecord> ToShowFrom(const std::vector<InPassport>& held, const TrustRegistry& registry);

// Presents with the key the service keeps. Fails with kStateConflict when it has none, kLimit
// (too many), kNotFound (none such is held), kClaims, and as
// store and key store do.
Result<Presentation> PresentKept(KeyStore& keys, PersonVault& vault, const PersonRow& person,
                                 const std::vector<InPassport>& held, const std::vector<Showable>& chosen,
                                 const BindingTerms& terms);

}  // namespace passport
