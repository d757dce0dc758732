// What comes with a call of a person, and from where.
#pragma once

#include <grpcpp/server_context.h>

#include <optional>
#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

struct SentProof {
  std::optional<std::string> proof;          // metadata `dpop`
  std::optional<std::string> passport_code;  // metadata `passport-code`
};
// Fails with kFieldInvalid when one of them came twice.
Result<SentProof> ProofOfCall(const grpc::ServerContext& context);

// The account of an address as gRPC names it ("ipv4:192.0.2.7:50211"), without the port; of IPv6 the /64, because
// whoever has one of its addresses has them all.
std::string AccountOfPeer(std::string_view peer);

}  // namespace passport
