// Which service, and as whom: an address, and a folder with the certificates of the connection.
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"
#include "keys/secret.h"

namespace passport {

struct Target {
  std::string address;          // "127.0.0.1:8443"
  std::string ca_pem;           // who must have signed the server's certificate
  std::string certificate_pem;  // ours; it names the organisation that calls
  Secret private_key_pem;       // and its key
};

// `passport-service certificate` writes client.pem and client.key, `init` writes registrar.pem and registrar.key.
inline constexpr std::string_view kAuthorityFile = "ca.pem";
inline constexpr std::string_view kClientName = "client";

// Reads ca.pem, NAME.pem and NAME.key of the folder. Fails with kFieldInvalid when the address has no port or the name
// is a path, kFileUnreadable (which file and why), and kKeyPermissions when group or others may read the key.
Result<Target> ReadTarget(std::string_view address, const std::string& folder, std::string_view name = kClientName);

}  // namespace passport
