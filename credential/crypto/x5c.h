// Certificates in the header of a token (RFC 7515, 4.1.6): DER in base64 with padding, the leaf first.
//
// They are never a source of keys (JWT-05): a reader compares the first with the one the registry lists for the key it
// has found, or follows the chain to a root of its own.
#pragma once

#include <string>
#include <vector>

#include "credential/encoding/json.h"

namespace passport {

// The certificates of a decoded header, DER; nothing when it has none. Fails with kKey (JWT-12) unless they are 1 to
// kCertificateChainMax texts of exactly that encoding, kCertificateBytesMax each.
Result<std::vector<std::string>> ReadX5c(const json::Value& header);

}  // namespace passport
