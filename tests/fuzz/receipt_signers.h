// A registry with one receipt key, signed by the key that is pinned: for targets that read what such keys sign.
#pragma once

#include <string>

#include "credential/trust/trust_registry.h"
#include "keys/private_key.h"

namespace passport {

struct ReceiptSigners {
  ReceiptSigners() { pinned.Add("registry-1", registry_key.public_key()); }
  // As signed, version 1, issued at `now`.
  std::string Registry(Instant now) {
    RegistryContent content;
    content.sequence = 1;
    content.issued_at = now;
    content.next_update = now + Seconds{86400};
    content.receipt_keys = {{.kid = "receipt-1",
                             .key = receipt_key.public_key(),
                             .certificate = {},
                             .valid_from = Instant{0},
                             .valid_until = std::nullopt,
                             .compromised_since = std::nullopt}};
    return SignRegistry(content, "registry-1", registry_key).value();
  }
  PrivateKey registry_key = PrivateKey::Generate().value();
  PrivateKey receipt_key = PrivateKey::Generate().value();
  KeySet pinned;
};

}  // namespace passport
