// Where to listen: "127.0.0.1:8443", "[::1]:0", "localhost:0".
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

struct ListenAddress {
  std::string host;    // without brackets
  std::uint16_t port;  // 0: any free one

  // Fails with kFieldInvalid.
  static Result<ListenAddress> Parse(std::string_view text);
  std::string Text() const;
};

// Whether somebody else listens there, so that the answer names the address: gRPC itself only says that it could not
// start. Fails with kStateConflict when taken, kFieldInvalid when the host is none of this machine.
Result<void> CheckFree(const ListenAddress& address);

}  // namespace passport
