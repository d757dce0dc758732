// What a Reason becomes on the wire.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "credential/vocabulary/result.h"
#include "staffpassport/v1/refusal.pb.h"

namespace passport {

inline constexpr std::string_view kErrorDomain = "staffpassport";
// Of all error details together; metadata as a whole is limited to 8 KiB.
inline constexpr std::size_t kErrorBytesMax = 4096;

// Whose matter a reason is.
enum class Concern {
  kPresentation,  // what was presented does not hold: an ordinary answer of the verifying calls
  kRequest,       // the caller asked for something that is refused; refusals are audited
  kService,       // the service can not do it now; nothing was refused
};

struct OnTheWire {
  grpc::StatusCode code;
  Concern concern;
};

OnTheWire WireOf(Reason reason);

// "KB_NONCE".
std::string WireWord(Reason reason);

// Status with google.rpc.ErrorInfo {reason, domain "staffpassport", metadata check}, and RetryInfo where calling again
// with the same request id is the remedy. Below kErrorBytesMax whatever the fault says.
grpc::Status StatusOf(const Fault& fault);

// The same for a row or a presentation within an answer.
void Fill(const Fault& fault, staffpassport::v1::Refusal& refusal);

}  // namespace passport
