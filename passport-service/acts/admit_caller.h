// Whether a system may make a call now.
//
// Everything is looked up at every call: the organisation's standing, the system, its certificate, its roles. A
// connection outlives what allowed it, and revocation lists fail open (docs/access.md).
#pragma once

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/caller_identity.h"
#include "passport-service/acts/caller.h"
#include "passport-service/ports/clock.h"
#include "passport-service/ports/store.h"

namespace passport {

// Any thread may call.
class AdmitCaller {
 public:
  struct Order {
    CallerIdentity who;  // as the verified certificate names it
    Digest certificate;  // SHA-256 of its public key (SPKI)
    Roles allowed;       // any one of them is enough; none: nobody may
  };
  AdmitCaller(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // The caller with all the roles it has now. Fails with kCallerUnknown, in the same words whether organisation, system
  // or certificate is not known, has ended or was revoked; with kNotPermitted when the organisation does not take part
  // now or the system has none of the roles; and as the store does.
  Result<Caller> operator()(const Order& order);

 private:
  Store& store_;
  const Clock& clock_;
};

// True while the certificate is taken.
bool InUse(const SystemCertificate& certificate, Instant at);

}  // namespace passport
