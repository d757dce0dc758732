// Who is at the other end of a connection: the organisation and system its client certificate names.
#pragma once

#include <grpcpp/security/auth_context.h>

#include "credential/vocabulary/result.h"
#include "passport-service/acts/caller.h"

namespace passport {

// From the one URI name of the certificate that TLS has verified; never from anything the caller sends later. Fails
// with kCallerUnknown: no verified certificate, no URI in it, several, or one of another form. Any thread may call.
Result<Caller> CallerOfConnection(const grpc::AuthContext* connection);

}  // namespace passport
