// The derived answer of the service: what a receiver is told who needs no more.
#pragma once

#include <string>

#include "keys/key_store.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/share_steps.h"

namespace passport {

// Decides the profile of the request on what the person showed, and signs what comes out with the receipt key. Fails
// with the reasons of a profile that is not in force, kSigning, kKeyState, and as the store does.
Result<std::string> DeriveAnswer(Store& store, const KeyStore& keys, const ShareRow& row,
                                 const VerifiedPresentation& verified, const Known& known, Instant now);

}  // namespace passport
