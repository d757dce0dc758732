// Why the service believes that a call is the person's: their key, or their passport code (docs/access.md).
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

class CallProof {
 public:
  struct Metadata {
    std::string name;   // "dpop" or "passport-code"
    std::string value;  // ASCII; not for logs
  };
  virtual ~CallProof() = default;
  // For one call to `service`, a host as it was dialled (ServiceNameOf): `path` is
  // "/staffpassport.v1.WalletService/Receive", `request` the bytes that are sent. Good for one minute and once. Fails
  // as the key does.
  virtual Result<Metadata> For(std::string_view service, std::string_view path, std::string_view request) = 0;
};

}  // namespace passport
