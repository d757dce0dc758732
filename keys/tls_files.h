// Whether the files of a TLS server can be used together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

// All PEM: the server's certificate (others of its chain may follow), its private key, and at least one certificate of
// an authority for clients. Fails with kKey, naming which and why: unreadable, not in its time at `now`, the key of
// another certificate, or no authority. Any thread may call.
Result<void> CheckTlsFiles(std::string_view certificate_pem, std::string_view private_key_pem,
                           std::string_view client_authority_pem, Instant now);

// The hosts that a server's certificate (PEM, the first one) is good for, in small letters: DNS names without
// wildcards, IP addresses, of IPv6 in brackets. None where it names none; fails with kKey when it does not read.
Result<std::vector<std::string>> HostsOf(std::string_view certificate_pem);

}  // namespace passport
