// What a failed call becomes on this side of the wire.
#pragma once

#include <grpcpp/support/status.h>

#include <optional>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

// "KB_NONCE" is kKbNonce. Nothing for a word that this program does not know.
std::optional<Reason> ReasonOfWire(std::string_view wire_word);

// The reason is that of the ErrorInfo of our domain. A status without one comes from the connection, not from the
// service: kDeadline, kCallerUnknown (our certificate is not accepted), kLimit, or kServiceUnreachable. `address` is
// named then, so that a person knows what could not be reached.
Fault FaultOfStatus(const grpc::Status& status, std::string_view address);

}  // namespace passport
