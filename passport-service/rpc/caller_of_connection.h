// Who is at the other end of a connection: the organisation and system its client certificate names, and its key.
#pragma once

#include <grpcpp/security/auth_context.h>

#include "credential/crypto/sha256.h"
#include "credential/vocabulary/caller_identity.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct ConnectedCaller {
  CallerIdentity who;
  Digest certificate;  // SHA-256 of the public key (SPKI)
};

// From the one URI name of the certificate that TLS has verified; never from anything the caller sends later. Whether
// that system may call is another question (AdmitCaller). Fails with kCallerUnknown: no verified certificate, no URI in
// it, several, or one of another form. Any thread may call.
Result<ConnectedCaller> CallerOfConnection(const grpc::AuthContext* connection);

}  // namespace passport
