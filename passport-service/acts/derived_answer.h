// The derived answer of the service: what a receiver is told who needs no more.
#pragma once

#include <string>

#include "credential/decision/decision.h"
#include "credential/trust/trust_snapshot.h"
#include "keys/key_store.h"
#include "passport-service/acts/share_steps.h"

namespace passport {

// Signs, with the receipt key, what was decided of a share that is given and has an end. The answer counts no longer
// than the evidence it rests on may be old, and no longer than the share. Fails with kSigning, kKeyState, and as the
// store does.
Result<std::string> DeriveAnswer(Store& store, const KeyStore& keys, const ShareRow& row, const Decision& decision,
                                 const TrustSnapshot& snapshot, Instant now);

}  // namespace passport
