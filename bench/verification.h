// Verifying: credentials, presentations and status lists, by the library alone and with what is remembered of issuers.
#pragma once

#include "bench/world.h"

namespace passport::bench {

// verify_credential, verify_presentation; both with _known_issuer: the key's table is there, no verdict is;
// verify_again: the signature of the issuer is remembered; status_warm, status_cold.
void RegisterVerification(World& world);

}  // namespace passport::bench
