// Fetches one file over HTTP(S), with bounds on everything a server could do to us.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct HttpOrder {
  std::string address;  // https:// or http://
  std::string tag;      // of what is at hand: ask for it only when there is another; empty: whatever there is
  std::size_t bytes_max = 0;
  std::optional<std::string> authorities;  // a file of certificates (PEM) that servers' are judged by; the system's
                                           // where it is nothing
  Seconds patience{120};
};

struct HttpAnswer {
  long status = 0;  // of the last answer: 200, 304, 404, ...
  std::string body;
  std::string tag;
};

// True for an address that would be fetched and not taken for a file.
bool IsHttpAddress(std::string_view text);

// The certificate of the server is verified. Three redirects are followed, none from https to http. Fails with
// kServiceUnreachable, also when it takes longer than the patience or nearly stands still; with kLimit past bytes_max.
Result<HttpAnswer> HttpGet(const HttpOrder& order);

}  // namespace passport
