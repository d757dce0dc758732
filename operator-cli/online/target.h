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

// The files of a folder for connections. The key is refused when group or others may read it.
inline constexpr std::string_view kAuthorityFile = "ca.pem";
inline constexpr std::string_view kClientCertificateFile = "client.pem";
inline constexpr std::string_view kClientKeyFile = "client.key";

// Reads the three files. Fails with kFieldInvalid when the address has no port, kFileUnreadable (which file and why)
// and kKeyPermissions.
Result<Target> ReadTarget(std::string_view address, const std::string& folder);

}  // namespace passport
